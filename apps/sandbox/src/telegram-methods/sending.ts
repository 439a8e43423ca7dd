import type { Content } from '../inboxes.ts';
import { mediaField, type FileKind } from './files.ts';
import { withMarkup } from './markup.ts';
import { asObject, badRequest, isRefusal, structured, textOf } from './method.ts';
import type { Call, Params, Refusal, SendMethod } from './method.ts';
import { captionFields, messageText } from './text.ts';

const FEWEST_IN_ALBUM = 2;
const MOST_IN_ALBUM = 10;

const textMessage: SendMethod = {
  name: 'sendMessage',
  sends: true,
  contents: ({ params }) => {
    const message = messageText(params);
    if (isRefusal(message)) return message;
    const { text, entities } = message;
    return withMarkup(entities.length === 0 ? { text } : { text, entities }, params);
  },
};

const mediaWithCaption = (call: Call, kind: FileKind, params: Params): Content | Refusal => {
  const media = mediaField(call, kind, params['media'] ?? params[kind]);
  if (isRefusal(media)) return media;
  const caption = captionFields(params);
  return isRefusal(caption) ? caption : { ...media, ...caption };
};

const mediaMessage = (name: string, kind: FileKind): SendMethod => ({
  name,
  sends: true,
  contents: (call) => {
    const content = mediaWithCaption(call, kind, { ...call.params, media: undefined });
    return isRefusal(content) ? content : withMarkup(content, call.params);
  },
});

const ALBUM_KINDS: readonly string[] = ['photo', 'video', 'audio', 'document'];

const isMixed = (kinds: readonly string[]): boolean =>
  kinds.some((kind) => (kind === 'audio' || kind === 'document') && kind !== kinds[0]) ||
  ((kinds[0] === 'audio' || kinds[0] === 'document') && kinds.some((kind) => kind !== kinds[0]));

const albumFault = (items: readonly Params[]): Refusal | undefined => {
  if (items.length < FEWEST_IN_ALBUM || items.length > MOST_IN_ALBUM)
    return badRequest('wrong number of items in the media group: from 2 to 10 are expected');
  const kinds = items.map((item) => textOf(item['type']) ?? '');
  if (kinds.some((kind) => !ALBUM_KINDS.includes(kind)))
    return badRequest("can't parse InputMedia: type must be one of photo, video, audio, document");
  return isMixed(kinds)
    ? badRequest("document and audio can't be mixed with other media types")
    : undefined;
};

const album: SendMethod = {
  name: 'sendMediaGroup',
  sends: true,
  contents: (call) => {
    const media = structured(call.params['media']);
    if (!Array.isArray(media)) return badRequest('expected an Array of InputMedia');
    const items = media.map((item) => asObject(item) ?? {});
    const fault = albumFault(items);
    if (fault !== undefined) return fault;
    const contents: Content[] = [];
    for (const item of items) {
      const content = mediaWithCaption(call, item['type'] as FileKind, item);
      if (isRefusal(content)) return content;
      contents.push(content);
    }
    return contents;
  },
};

const isPrice = (price: unknown): boolean => {
  const fields = asObject(price);
  return typeof fields?.['label'] === 'string' && Number.isInteger(fields['amount']);
};

const pricesFault = (prices: unknown, currency: string): Refusal | undefined => {
  if (!Array.isArray(prices) || prices.length === 0 || !prices.every(isPrice))
    return badRequest("can't parse prices JSON object");
  if (currency === 'XTR' && prices.length !== 1) return badRequest('STARS_INVOICE_INVALID');
  return undefined;
};

const INVOICE_TEXTS = [
  { field: 'title', most: 32 },
  { field: 'description', most: 255 },
  { field: 'payload', most: 128 },
] as const;

const invoiceFault = (params: Params): Refusal | undefined => {
  for (const { field, most } of INVOICE_TEXTS) {
    const text = textOf(params[field]) ?? '';
    if (text === '') return badRequest(`parameter "${field}" is required`);
    if ((field === 'payload' ? Buffer.byteLength(text) : text.length) > most)
      return badRequest(`INVOICE_${field.toUpperCase()}_INVALID`);
  }
  const currency = textOf(params['currency']) ?? '';
  if (!/^[A-Z]{3}$/.test(currency)) return badRequest('CURRENCY_INVALID');
  return pricesFault(structured(params['prices']), currency);
};

const invoice: SendMethod = {
  name: 'sendInvoice',
  sends: true,
  contents: ({ params }) => {
    const fault = invoiceFault(params);
    if (fault !== undefined) return fault;
    const prices = structured(params['prices']) as readonly { readonly amount: number }[];
    const total = prices.reduce((sum, price) => sum + price.amount, 0);
    const { title, description, currency } = params;
    const fields = { title, description, start_parameter: '', currency, total_amount: total };
    return withMarkup({ invoice: fields }, params);
  },
};

/** Every method that puts a message into a chat. */
export const sendMethods: readonly SendMethod[] = [
  textMessage,
  mediaMessage('sendPhoto', 'photo'),
  mediaMessage('sendVideo', 'video'),
  mediaMessage('sendAudio', 'audio'),
  mediaMessage('sendVoice', 'voice'),
  mediaMessage('sendDocument', 'document'),
  album,
  invoice,
];
