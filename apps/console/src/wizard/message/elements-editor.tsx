import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ElementKind, MessageElement } from '../../api/types.ts';
import { FaultOfWhole } from '../ui/faults.tsx';
import { ItemActions } from '../ui/item-actions.tsx';
import { SortableList } from '../ui/sortable-list.tsx';
import { useFocusOn } from '../ui/use-focus-on.ts';
import { ElementFields } from './element-fields.tsx';
import { ELEMENT_ICONS, isElementKind } from './element-kinds.ts';
import { freshElement } from './fresh.ts';
import { edited, keyOf } from '../ui/identities.ts';
import { inserted, moved, removed, replaced } from '../ui/lists.ts';
import { useSection } from './section.ts';

const AddElement = ({ onAdd }: { readonly onAdd: (kind: ElementKind) => void }) => {
  const { t } = useTranslation('wizard');
  const { elementKinds } = useSection();
  return (
    <Group gap="xs" role="group" aria-label={t('element.add')}>
      {elementKinds.filter(isElementKind).map((kind) => {
        const Icon = ELEMENT_ICONS[kind];
        return (
          <Button
            key={kind}
            variant="light"
            size="sm"
            leftSection={<Icon size={16} aria-hidden />}
            onClick={() => {
              onAdd(kind);
            }}
          >
            {t(`element.kind.${kind}`)}
          </Button>
        );
      })}
    </Group>
  );
};

/** Of a file, its own fields say what is wrong with the whole. */
const wholesOf = ({ type }: MessageElement, path: string): readonly string[] =>
  type === 'text' || type === 'gallery' ? [path] : [];

interface ElementsEditorProps {
  readonly elements: readonly MessageElement[];
  /** What stands before `elements[0]` in faults. */
  readonly path: string;
  readonly onChange: (elements: readonly MessageElement[]) => void;
}

/** The constructor: elements in the order in which people get them. */
export const ElementsEditor = ({ elements, path, onChange }: ElementsEditorProps) => {
  const { t } = useTranslation('wizard');
  const root = useRef<HTMLDivElement>(null);
  const focusOn = useFocusOn(root);
  const nameOf = ({ type }: MessageElement, index: number): string =>
    t('element.named', { place: index + 1, kind: t(`element.kind.${type}`) });
  const add = (at: number, element: MessageElement): void => {
    onChange(inserted(elements, at, element));
    focusOn(`[data-item="${keyOf(element)}"] :is(textarea, input)`);
  };
  const remove = (index: number): void => {
    const next = removed(elements, index);
    const neighbour = next[Math.min(index, next.length - 1)];
    onChange(next);
    focusOn(neighbour ? `[data-item="${keyOf(neighbour)}"]` : '[data-add] button');
  };
  return (
    <Stack gap="md" ref={root}>
      <SortableList
        items={elements}
        label={t('element.list')}
        keyOf={keyOf}
        nameOf={nameOf}
        onMove={(from, to) => {
          onChange(moved(elements, from, to));
        }}
      >
        {(element, index, handle) => (
          <Paper
            withBorder
            p="sm"
            role="group"
            tabIndex={-1}
            data-item={keyOf(element)}
            aria-label={nameOf(element, index)}
          >
            <Group justify="space-between" mb="xs" gap={0}>
              <Group gap="xs">
                {handle}
                <Text fw={600} size="sm">
                  {nameOf(element, index)}
                </Text>
              </Group>
              <ItemActions
                name={nameOf(element, index)}
                index={index}
                count={elements.length}
                onMove={(to) => {
                  onChange(moved(elements, index, to));
                }}
                onDuplicate={() => {
                  add(index + 1, structuredClone(element));
                }}
                onRemove={() => {
                  remove(index);
                }}
              />
            </Group>
            <ElementFields
              element={element}
              path={`${path}elements[${index}]`}
              onChange={(next) => {
                onChange(replaced(elements, index, edited(element, next)));
              }}
            />
            <FaultOfWhole paths={wholesOf(element, `${path}elements[${index}]`)} />
          </Paper>
        )}
      </SortableList>
      <FaultOfWhole paths={[`${path}elements`]} />
      <div data-add>
        <AddElement
          onAdd={(kind) => {
            add(elements.length, freshElement(kind));
          }}
        />
      </div>
    </Stack>
  );
};
