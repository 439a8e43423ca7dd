import { ActionIcon, Group } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCopy, IconTrash, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

interface ActionProps {
  readonly label: string;
  readonly Icon: Icon;
  /** Absent: not possible here. The button stays, so that the focus on it does. */
  readonly onClick: (() => void) | undefined;
}

const Action = ({ label, Icon, onClick }: ActionProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    aria-label={label}
    title={label}
    aria-disabled={onClick === undefined}
    {...(onClick ? {} : { 'data-disabled': true })}
    onClick={onClick}
  >
    <Icon size={18} aria-hidden />
  </ActionIcon>
);

interface ItemActionsProps {
  readonly name: string;
  readonly index: number;
  readonly count: number;
  readonly onMove: (to: number) => void;
  readonly onDuplicate?: () => void;
  readonly onRemove: () => void;
}

/** What can be done with one thing of a list. */
export const ItemActions = (props: ItemActionsProps) => {
  const { name, index, count, onMove, onDuplicate, onRemove } = props;
  const { t } = useTranslation('wizard');
  const moveTo = (to: number) =>
    to < 0 || to >= count
      ? undefined
      : () => {
          onMove(to);
        };
  return (
    <Group gap={2} wrap="nowrap">
      <Action label={t('list.up', { name })} Icon={IconArrowUp} onClick={moveTo(index - 1)} />
      <Action label={t('list.down', { name })} Icon={IconArrowDown} onClick={moveTo(index + 1)} />
      {onDuplicate ? (
        <Action label={t('list.duplicate', { name })} Icon={IconCopy} onClick={onDuplicate} />
      ) : null}
      <Action label={t('list.remove', { name })} Icon={IconTrash} onClick={onRemove} />
    </Group>
  );
};
