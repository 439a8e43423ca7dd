import { Badge, type MantineColor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BroadcastStatus } from '../api/types.ts';

const COLORS: Readonly<Record<BroadcastStatus, MantineColor>> = {
  draft: 'gray',
  scheduled: 'violet',
  preparing: 'cyan',
  sending: 'indigo',
  held: 'orange',
  sent: 'teal',
  stopped: 'red',
  deleted: 'gray',
};

export const StatusBadge = ({ status }: { readonly status: BroadcastStatus }) => {
  const { t } = useTranslation('words');
  return (
    <Badge color={COLORS[status]} variant="dot" tt="none" fw={500}>
      {t(`status.${status}`)}
    </Badge>
  );
};
