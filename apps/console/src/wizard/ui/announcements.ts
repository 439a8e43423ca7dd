import type { Announcements, ScreenReaderInstructions, UniqueIdentifier } from '@dnd-kit/core';
import { useTranslation } from 'react-i18next';

interface Accessibility {
  readonly announcements: Announcements;
  readonly screenReaderInstructions: ScreenReaderInstructions;
}

/** What a screen reader says while something in a list is moved. */
export const useAnnouncements = (
  ids: readonly string[],
  names: readonly string[],
): Accessibility => {
  const { t } = useTranslation('wizard');
  const placeOf = (id: UniqueIdentifier): number => ids.indexOf(String(id));
  const nameOf = (id: UniqueIdentifier): string => names[placeOf(id)] ?? '';
  return {
    screenReaderInstructions: { draggable: t('list.how') },
    announcements: {
      onDragStart: ({ active }) => t('list.lifted', { name: nameOf(active.id) }),
      onDragOver: ({ active, over }) =>
        over ? t('list.over', { name: nameOf(active.id), place: placeOf(over.id) + 1 }) : undefined,
      onDragEnd: ({ active, over }) =>
        over
          ? t('list.put', { name: nameOf(active.id), place: placeOf(over.id) + 1 })
          : t('list.back', { name: nameOf(active.id) }),
      onDragCancel: ({ active }) => t('list.back', { name: nameOf(active.id) }),
    },
  };
};
