import type { Happening, Reader } from './connector-facts.ts';
import { someTarget } from './content.suite.ts';

/** The ref of the message button under the text of good content, whoever got it. */
export const REF = someTarget('').refOf(1);

/** Somebody does what the fields say; the events, but for whose they are, are heard of it. */
export const doing = (title: string, fields: object, ...events: readonly object[]): Happening => ({
  title,
  path: 'updates',
  fields: () => fields,
  events: ({ address }) => events.map((event) => ({ address, ...event })),
});

/** A press of that button; `more` than its number, where the sandbox has to be told. */
export const pressing = (more: (reader: Reader) => object = () => ({})): Happening => ({
  title: 'a press',
  path: 'press',
  fields: (reader) => ({ button: 1, ...more(reader) }),
  events: ({ address }) => [{ kind: 'pressed', address, ref: REF }],
});

/** The messenger tells of the message: what, and of which messages that is true. */
export const telling = (
  title: string,
  fields: { readonly kind: string },
  what: 'sent' | 'delivered' | 'opened',
  which: (messageId: string) => object,
): Happening => ({
  title,
  path: 'updates',
  fields: ({ messageId }) => ({ ...fields, messageId }),
  events: ({ address, messageId }) => [{ kind: 'receipt', what, address, which: which(messageId) }],
});
