import type { RecipientCard } from '@crier/audience';
import type { Contact, VariableValue } from '@crier/contracts';

const nameOf = ({ firstName, lastName }: Contact): string | undefined => {
  const parts = [firstName, lastName].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(' ');
};

/** What a message can say about a person; the person's own fields win over variables of the same names. */
const variablesOf = (contact: Contact): Readonly<Record<string, VariableValue>> => {
  const own = {
    first_name: contact.firstName,
    last_name: contact.lastName,
    name: nameOf(contact),
    language: contact.language,
  };
  const given = Object.entries(own).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...contact.variables, ...Object.fromEntries(given) };
};

/** A contact's card at one bot; undefined where it has no connection there. */
export const cardOf = (contact: Contact, botId: string): RecipientCard | undefined => {
  const connection = contact.connections.find((one) => one.botId === botId);
  return (
    connection && {
      contactId: contact.id,
      address: connection.address,
      status: connection.status,
      lastActiveAt: contact.lastActiveAt,
      variables: variablesOf(contact),
    }
  );
};
