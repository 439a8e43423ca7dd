import { Button, Group, Paper, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { FaultOfWhole } from './faults.tsx';
import { edited, keyOf } from './identities.ts';
import { ItemActions } from './item-actions.tsx';
import { inserted, moved, removed, replaced } from './lists.ts';
import { SortableList } from './sortable-list.tsx';

interface EditableListProps<T> {
  readonly items: readonly T[];
  readonly label: string;
  readonly nameOf: (item: T, index: number) => string;
  /** Where the API finds fault with the list as a whole. */
  readonly path: string;
  readonly onChange: (items: readonly T[]) => void;
  readonly fresh: () => T;
  readonly addLabel: string;
  /** The fields of one item. */
  readonly children: (item: T, path: string, onChange: (next: T) => void) => ReactNode;
}

/** Things of one kind that are added, edited, moved, doubled and removed: the buttons of a text, the cards of a gallery. */
export const EditableList = <T extends object>(props: EditableListProps<T>) => {
  const { items, label, nameOf, path, onChange, fresh, addLabel, children } = props;
  return (
    <Stack gap="xs">
      <SortableList
        items={items}
        label={label}
        keyOf={keyOf}
        nameOf={nameOf}
        onMove={(from, to) => {
          onChange(moved(items, from, to));
        }}
      >
        {(item, index, handle) => (
          <Paper withBorder p="xs" role="group" aria-label={nameOf(item, index)}>
            <Group justify="space-between" gap={0}>
              {handle}
              <ItemActions
                name={nameOf(item, index)}
                index={index}
                count={items.length}
                onMove={(to) => {
                  onChange(moved(items, index, to));
                }}
                onDuplicate={() => {
                  onChange(inserted(items, index + 1, structuredClone(item)));
                }}
                onRemove={() => {
                  onChange(removed(items, index));
                }}
              />
            </Group>
            {children(item, `${path}[${index}]`, (next) => {
              onChange(replaced(items, index, edited(item, next)));
            })}
          </Paper>
        )}
      </SortableList>
      <FaultOfWhole paths={[path]} />
      <Group>
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => {
            onChange([...items, fresh()]);
          }}
        >
          {addLabel}
        </Button>
      </Group>
    </Stack>
  );
};
