import { Button, Checkbox, Group, Modal, Select, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useDraft } from '../draft/draft-context.ts';
import type { MessageContent } from '../../api/types.ts';
import { channelName } from '../ui/channel-name.tsx';
import { shownBy } from './content.ts';
import { ExportResult } from './export-result.tsx';

interface ExportProps {
  readonly content: MessageContent;
  readonly names: readonly string[];
}

const useExport = () => {
  const draft = useDraft();
  const { mutateAsync, ...asked } = api.useMutation('post', '/v1/broadcasts/{id}/message/export');
  const send = async (from: string, to: string[], elements: number[]): Promise<void> => {
    await draft.flush();
    const header = { 'If-Match': `"${draft.get().revision}"` };
    const params = { path: { id: draft.id }, header };
    // What goes wrong is shown from `error`.
    await mutateAsync({ params, body: { from, to, elements } }).then(
      () => draft.reload(),
      () => undefined,
    );
  };
  return { ...asked, send };
};

const ExportForm = ({ content, names }: ExportProps) => {
  const { t } = useTranslation('wizard');
  const sources = names.filter((name) => shownBy(content, name).length > 0);
  const [from, setFrom] = useState(sources[0] ?? '');
  const [to, setTo] = useState<string[]>([]);
  const [left, setLeft] = useState<string[]>([]);
  const { send, data, error, isPending } = useExport();
  const elements = shownBy(content, from);
  const chosen = elements.map((_, index) => index).filter((index) => !left.includes(String(index)));
  return (
    <Stack>
      <Select
        label={t('export.from')}
        allowDeselect={false}
        data={sources.map((name) => ({ value: name, label: channelName(name) }))}
        value={from}
        onChange={(name) => {
          setFrom(name ?? '');
          setLeft([]);
        }}
      />
      <Checkbox.Group
        label={t('export.elements')}
        value={chosen.map(String)}
        onChange={(kept) => {
          setLeft(elements.map((_, index) => String(index)).filter((one) => !kept.includes(one)));
        }}
      >
        <Stack gap={4} mt={4}>
          {elements.map(({ type }, index) => (
            <Checkbox
              key={index}
              value={String(index)}
              label={t('element.named', { place: index + 1, kind: t(`element.kind.${type}`) })}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <Checkbox.Group label={t('export.to')} value={to} onChange={setTo}>
        <Group mt={4}>
          {names
            .filter((name) => name !== from)
            .map((name) => (
              <Checkbox key={name} value={name} label={channelName(name)} />
            ))}
        </Group>
      </Checkbox.Group>
      <ProblemAlert error={error} />
      {data ? <ExportResult {...data} /> : null}
      <Button
        loading={isPending}
        disabled={to.length === 0 || chosen.length === 0}
        onClick={() => void send(from, to, chosen)}
      >
        {t('export.run')}
      </Button>
    </Stack>
  );
};

/** Copies what one channel shows to others, as each of them can show it. */
export const ExportDialog = (props: ExportProps) => {
  const { t } = useTranslation('wizard');
  const [isOpen, { open, close }] = useDisclosure();
  return (
    <>
      <Button
        variant="default"
        size="sm"
        leftSection={<IconCopy size={16} aria-hidden />}
        onClick={open}
      >
        {t('export.title')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('export.title')}
        closeButtonProps={{ 'aria-label': t('export.close') }}
      >
        <ExportForm {...props} />
      </Modal>
    </>
  );
};
