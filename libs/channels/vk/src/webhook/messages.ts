import { shortened } from '@crier/connector';
import { fieldsIn } from '../calls/vk-answer.ts';
import { refIn } from '../payload.ts';
import { addressIn, instant, type Authentic, type Callback, type Fields } from './callback.ts';
import { SAID } from './said.ts';
import { FOREIGN, ours, shared } from './readings.ts';

const MOST_TEXT = 256;
const MOST_REF = 256;
/** By VK's numbers for the languages of its clients. */
const LANGUAGES: readonly string[] = ['ru', 'uk', 'be', 'en', 'es', 'fi', 'de', 'it'];

const languageIn = (clientInfo: unknown): { readonly language?: string } => {
  const { lang_id: id } = fieldsIn(clientInfo);
  const language = typeof id === 'number' ? LANGUAGES[id] : undefined;
  return language === undefined ? {} : { language };
};

const wordsIn = ({ text, ref }: Fields): { readonly text?: string; readonly payload?: string } => ({
  ...(typeof text === 'string' && text !== '' && { text: shortened(text, MOST_TEXT) }),
  ...(typeof ref === 'string' && ref !== '' && { payload: ref.slice(0, MOST_REF) }),
});

/** Somebody wrote, or pressed a button that says its label. Whoever writes may be written to. */
export const messageNew = ({ object, dedupe, now }: Callback): Authentic => {
  const message = fieldsIn(object['message'] ?? object);
  const { from_id: from, peer_id: peer = from, date } = message;
  const address = addressIn(peer);
  if (address === undefined || typeof from !== 'number' || from <= 0) return FOREIGN;
  const told = { address, at: instant(date, now), dedupe } as const;
  const ref = refIn(message['payload']);
  if (ref !== undefined) return ours({ kind: 'pressed', ref, pressId: SAID, ...told });
  const { payload, ...words } = wordsIn(message);
  if (peer !== from) return shared({ kind: 'active', ...words, ...told });
  const start = payload === undefined ? {} : { payload };
  const language = languageIn(object['client_info']);
  return shared({ kind: 'started', ...words, ...start, ...language, ...told });
};

/** A press of a button that says nothing. */
export const messageEvent = ({ object, dedupe, now }: Callback): Authentic => {
  const { user_id: user, peer_id: peer = user, event_id: event } = object;
  const address = addressIn(peer);
  if (address === undefined) return FOREIGN;
  const told = { address, at: now, dedupe } as const;
  const ref = refIn(object['payload']);
  if (ref === undefined || typeof event !== 'string') return shared({ kind: 'active', ...told });
  return ours({ kind: 'pressed', ref, pressId: event, ...told });
};

/** A message of the community's own, whoever sent it: VK has it. */
export const messageReply = ({ object, dedupe, now }: Callback): Authentic => {
  const { id, peer_id: peer, random_id: key, date } = object;
  const address = addressIn(peer);
  if (address === undefined || typeof id !== 'number' || typeof key !== 'number' || key === 0)
    return FOREIGN;
  const which = { ids: [String(id)], key };
  return shared({
    kind: 'receipt',
    what: 'sent',
    address,
    which,
    at: instant(date, now),
    dedupe,
  });
};

/** All messages up to this one are read. */
export const messageRead = ({ object, dedupe, now }: Callback): Authentic => {
  const { from_id: from, peer_id: peer = from, read_message_id: id } = object;
  const address = addressIn(peer);
  if (address === undefined || typeof id !== 'number') return FOREIGN;
  const which = { upToId: String(id) };
  return shared({ kind: 'receipt', what: 'opened', address, which, at: now, dedupe });
};
