import { Select } from '@mantine/core';
import { api } from '../../api/client.ts';
import { contactName } from '../../contacts/contact-name.ts';
import { useDraft, useDraftState } from '../draft/draft-context.ts';

const SAMPLE = 100;

interface ContactPickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly onChange: (contactId: string | null) => void;
}

/** A real person out of the audience. */
export const ContactPicker = ({ label, value, onChange }: ContactPickerProps) => {
  const { id } = useDraft();
  const { parts } = useDraftState();
  const body = { filter: parts.audience.filter, limit: SAMPLE };
  const { data } = api.useQuery('post', '/v1/audience/list', { body }, { staleTime: 60_000 });
  const options = data?.items.map((contact) => ({
    value: contact.id,
    label: [contactName(contact), contact.externalId].filter(Boolean).join(' · ') || contact.id,
  }));
  return (
    <Select
      key={id}
      flex="1 1 auto"
      label={label}
      searchable
      clearable
      data={options ?? []}
      value={value}
      onChange={onChange}
    />
  );
};
