import { asObject, type Params } from '../telegram-methods/method.ts';
import { keyboardFault, richMediaFault } from './button-faults.ts';
import { statusOf, type Status } from './statuses.ts';

const MOST_SENDER_NAME = 28;
const MOST_TEXT = 7000;
const MOST_CAPTION = 512;
const MOST_TRACKING_DATA = 4096;
const MOST_URL = 2000;
const MOST_FILE_NAME = 256;
const MOST_VIDEO_BYTES = 26_000_000;
const MOST_FILE_BYTES = 50_000_000;
const MOST_DURATION_S = 180;

type Fault = Status | undefined;

const missing = (what: string): Status => statusOf('missingData', what);
const bad = (what: string): Status => statusOf('badData', what);

const textFault = (value: unknown, field: string, most: number): Fault => {
  if (typeof value !== 'string') return missing(field);
  return value.length > most ? bad(`${field} is too long`) : undefined;
};

const mediaFault = ({ media }: Params, ending?: RegExp): Fault => {
  if (typeof media !== 'string' || media === '') return missing('media');
  const url = URL.parse(media);
  if (url === null || !/^https?:$/.test(url.protocol) || media.length > MOST_URL)
    return bad('media must be a URL');
  return ending !== undefined && !ending.test(url.pathname) && !ending.test(media)
    ? bad('media has another ending')
    : undefined;
};

const sizeFault = ({ size }: Params, most: number): Fault => {
  if (typeof size !== 'number' || size <= 0) return missing('size');
  return size > most ? bad('the file is too large') : undefined;
};

const captionFault = ({ text }: Params): Fault =>
  text === undefined ? undefined : textFault(text, 'text', MOST_CAPTION);

const videoFault = (message: Params): Fault => {
  const { duration = 1 } = message;
  return (
    mediaFault(message, /\.mp4$/i) ??
    sizeFault(message, MOST_VIDEO_BYTES) ??
    captionFault(message) ??
    (typeof duration === 'number' && duration > 0 && duration <= MOST_DURATION_S
      ? undefined
      : bad('duration'))
  );
};

const fileFault = (message: Params): Fault => {
  const { file_name: name } = message;
  return (
    mediaFault(message) ??
    sizeFault(message, MOST_FILE_BYTES) ??
    textFault(name, 'file_name', MOST_FILE_NAME) ??
    (/\.\w+$/.test(String(name)) ? undefined : bad('file_name has no extension'))
  );
};

const FAULTS: Readonly<{ [type: string]: (message: Params) => Fault }> = {
  text: ({ text }) => (text === '' ? missing('text') : textFault(text, 'text', MOST_TEXT)),
  picture: (message) => mediaFault(message, /\.(jpe?g|png|gif)$/i) ?? captionFault(message),
  video: videoFault,
  file: fileFault,
  url: (message) => mediaFault(message),
  rich_media: richMediaFault,
  sticker: ({ sticker_id: id }) => (Number.isInteger(id) ? undefined : missing('sticker_id')),
  contact: ({ contact }) => (asObject(contact) === undefined ? missing('contact') : undefined),
  location: ({ location }) => (asObject(location) === undefined ? missing('location') : undefined),
};

const senderFault = (sender: unknown): Fault => {
  const name = asObject(sender)?.['name'];
  if (typeof name !== 'string' || name === '') return missing('sender.name');
  return name.length > MOST_SENDER_NAME ? bad('sender.name is too long') : undefined;
};

/** Why Viber would refuse a message, whoever it is for; `undefined`: it would not. */
export const messageFault = (message: Params): Fault => {
  const { type, keyboard, tracking_data: tracking = '' } = message;
  const faultOf =
    typeof type === 'string' && Object.hasOwn(FAULTS, type) ? FAULTS[type] : undefined;
  return (
    senderFault(message['sender']) ??
    (faultOf === undefined ? bad('type') : faultOf(message)) ??
    textFault(tracking, 'tracking_data', MOST_TRACKING_DATA) ??
    (keyboard === undefined ? undefined : keyboardFault(keyboard))
  );
};
