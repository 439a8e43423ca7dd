import { Alert, List } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Fault } from '../../api/problem.ts';

/** What can be sent, and would be better done otherwise. */
export const Warnings = ({ warnings }: { readonly warnings: readonly Fault[] }) => {
  const { t } = useTranslation('wizard');
  if (warnings.length === 0) return null;
  return (
    <Alert color="yellow" icon={<IconBulb aria-hidden />} title={t('warnings')}>
      <List size="sm" className="wizard-text">
        {warnings.map(({ path, code, message }) => (
          <List.Item key={`${path} ${code}`}>{message}</List.Item>
        ))}
      </List>
    </Alert>
  );
};
