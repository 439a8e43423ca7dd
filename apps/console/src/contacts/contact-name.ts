import type { Contact } from '../api/types.ts';

/** What a person is called; empty where nothing is known. */
export const contactName = ({ firstName, lastName, externalId = '' }: Contact): string => {
  const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  return name === '' ? externalId : name;
};
