import type { Params } from '../telegram-methods/method.ts';
import { errorOf, type VkError } from './errors.ts';
import { keyboardFault, templateFault } from './keyboard-faults.ts';
import { integerIn, textIn } from './params.ts';

type Fault = VkError | undefined;

const MOST_TEXT = 9000;
const MOST_ATTACHMENTS = 10;
const MOST_PEERS = 100;
const HIGHEST_RANDOM_ID = 2 ** 31 - 1;
const ATTACHMENT = /^(photo|video|audio|doc|wall|market|poll|audio_message)-?\d+_\d+(_[\w-]+)?$/;

const bad = (what: string): VkError => errorOf(100, what);

const contentFault = (params: Params): Fault => {
  const message = textIn(params['message']);
  const attachment = textIn(params['attachment']);
  if (message.trim() === '' && attachment === '') return bad('message is empty or invalid');
  if (message.length > MOST_TEXT) return errorOf(914);
  const attachments = attachment === '' ? [] : attachment.split(',');
  return attachments.length > MOST_ATTACHMENTS || !attachments.every((one) => ATTACHMENT.test(one))
    ? bad('attachment is invalid')
    : undefined;
};

const randomIdFault = ({ random_id: value }: Params): Fault => {
  const id = integerIn(value);
  if (id === undefined) return bad('random_id is a required parameter');
  return Math.abs(id) > HIGHEST_RANDOM_ID ? bad('random_id is no int32') : undefined;
};

/** Why VK would refuse a message, whoever it is for; `undefined`: it would not. */
export const messageFault = (params: Params): Fault => {
  const keyboard = textIn(params['keyboard']);
  const template = textIn(params['template']);
  if (template !== '' && textIn(params['message']).trim() === '')
    return bad('message is required with a template');
  return (
    randomIdFault(params) ??
    contentFault(params) ??
    (keyboard === '' ? undefined : keyboardFault(keyboard)) ??
    (template === '' ? undefined : templateFault(template))
  );
};

/** Everybody a message is for, or why that cannot be. */
export const peersIn = (
  params: Params,
): { readonly peers: readonly number[]; readonly isList: boolean } | VkError => {
  const list = params['peer_ids'] ?? params['user_ids'];
  const given = list ?? params['peer_id'] ?? params['user_id'];
  const texts = typeof given === 'number' ? [String(given)] : textIn(given).split(',');
  const peers = texts.map((text) => integerIn(text.trim()) ?? 0);
  if (peers.includes(0)) return bad('you should specify peer_id, user_id, or peer_ids');
  if (peers.length > MOST_PEERS) return bad('peer_ids should contain no more than 100 ids');
  return { peers: [...new Set(peers)], isList: list !== undefined };
};
