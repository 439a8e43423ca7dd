import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemOf, type Fault } from '../api/problem.ts';

const Faults = ({ faults }: { readonly faults: readonly Fault[] }) => (
  <List size="sm" mt="xs">
    {faults.map(({ path, code, message }) => (
      <List.Item key={`${path} ${code}`}>
        <Text span size="sm" ff="monospace">
          {path}
        </Text>{' '}
        {message}
      </List.Item>
    ))}
  </List>
);

/** What went wrong and what to do about it: in the reader's language where there is a text for its code, else as the API says it. */
export const ProblemText = ({ error }: { readonly error: unknown }) => {
  const { t, i18n } = useTranslation('problems');
  const problem = problemOf(error);
  if (!problem) return <Text size="sm">{t('unreachable')}</Text>;
  const { code, detail, errors = [] } = problem;
  return (
    <>
      <Text size="sm">{i18n.exists(`problems:${code}`) ? t(code as 'FORBIDDEN') : detail}</Text>
      {errors.length === 0 ? null : <Faults faults={errors} />}
    </>
  );
};

/** What went wrong, where a page or a form has room to say so; nothing where nothing went wrong. */
export const ProblemAlert = ({ error }: { readonly error: unknown }) => {
  const { t } = useTranslation('problems');
  if (error === null || error === undefined) return null;
  const icon = <IconAlertTriangle aria-hidden />;
  return (
    <Alert role="alert" color="red" variant="light" title={t('title')} icon={icon}>
      <ProblemText error={error} />
    </Alert>
  );
};
