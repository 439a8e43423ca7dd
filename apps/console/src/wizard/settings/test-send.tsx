import { Button, Fieldset, Group, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useBotNames } from '../audience/bot-names.ts';
import { useDraft } from '../draft/draft-context.ts';
import { ContactPicker } from '../ui/contact-picker.tsx';

/** Sends the message as it is saved to one person; it is counted nowhere. */
export const TestSend = () => {
  const { t } = useTranslation('wizard');
  const draft = useDraft();
  const nameOf = useBotNames();
  const [contactId, setContactId] = useState<string | null>(null);
  const { mutate, data, error, isPending } = api.useMutation('post', '/v1/broadcasts/{id}/test');
  const send = async (to: string): Promise<void> => {
    await draft.flush();
    mutate({ params: { path: { id: draft.id } }, body: { contactId: to } });
  };
  return (
    <Fieldset legend={t('test.title')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('test.text')}
      </Text>
      <Group align="end">
        <ContactPicker label={t('test.contact')} value={contactId} onChange={setContactId} />
        <Button
          variant="light"
          leftSection={<IconSend size={16} aria-hidden />}
          loading={isPending}
          disabled={contactId === null}
          onClick={() => {
            if (contactId !== null) void send(contactId);
          }}
        >
          {t('test.send')}
        </Button>
      </Group>
      <Text role="status" size="sm" mt="xs">
        {data ? t('test.sent', { bot: nameOf(data.botId) }) : ''}
      </Text>
      <ProblemAlert error={error} />
    </Fieldset>
  );
};
