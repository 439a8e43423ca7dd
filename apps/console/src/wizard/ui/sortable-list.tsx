import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
} from '@dnd-kit/core';
import {
  SortableContext,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { ActionIcon, Box, Stack } from '@mantine/core';
import { IconGripVertical } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAnnouncements } from './announcements.ts';

interface ItemProps {
  readonly id: string;
  readonly name: string;
  readonly children: (handle: ReactNode) => ReactNode;
}

const Item = ({ id, name, children }: ItemProps) => {
  const { t } = useTranslation('wizard');
  const {
    attributes,
    listeners,
    setNodeRef,
    setActivatorNodeRef,
    transform,
    transition,
    isDragging,
  } = useSortable({ id });
  const handle = (
    <ActionIcon
      ref={setActivatorNodeRef}
      variant="subtle"
      color="gray"
      className="handle"
      {...attributes}
      {...listeners}
      aria-label={t('list.drag', { name })}
    >
      <IconGripVertical size={18} aria-hidden />
    </ActionIcon>
  );
  const shift = transform ? `translate3d(0, ${Math.round(transform.y)}px, 0)` : undefined;
  return (
    <Box
      ref={setNodeRef}
      component="li"
      style={{ transform: shift, transition, zIndex: isDragging ? 2 : undefined }}
      pos="relative"
      opacity={isDragging ? 0.8 : 1}
    >
      {children(handle)}
    </Box>
  );
};

interface SortableListProps<T> {
  readonly items: readonly T[];
  readonly label: string;
  readonly keyOf: (item: T) => string;
  readonly nameOf: (item: T, index: number) => string;
  readonly onMove: (from: number, to: number) => void;
  /** `handle`: what it is dragged by, with the pointer or with space and arrows. */
  readonly children: (item: T, index: number, handle: ReactNode) => ReactNode;
}

/** A list whose order people choose, by dragging or by keyboard. */
export const SortableList = <T,>(props: SortableListProps<T>) => {
  const { items, label, keyOf, nameOf, onMove, children } = props;
  const ids = items.map(keyOf);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const accessibility = useAnnouncements(ids, items.map(nameOf));
  const end = ({ active, over }: DragEndEvent): void => {
    if (over && over.id !== active.id)
      onMove(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={end}
      accessibility={accessibility}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <Stack component="ol" gap="sm" aria-label={label} className="plain-list">
          {items.map((item, index) => (
            <Item key={keyOf(item)} id={keyOf(item)} name={nameOf(item, index)}>
              {(handle) => children(item, index, handle)}
            </Item>
          ))}
        </Stack>
      </SortableContext>
    </DndContext>
  );
};
