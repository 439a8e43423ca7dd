import { asObject, type Params } from '../telegram-methods/method.ts';
import { isWebAddress } from './attachments.ts';

/** Why Messenger would refuse something; `undefined`: it would not. */
export type Fault = string | undefined;

/** True of a file that this Page has uploaded. */
export type Knows = (id: unknown, type: unknown) => boolean;

const MOST_BUTTONS = 3;
const MOST_TITLE = 20;
const MOST_PAYLOAD = 1000;
const MOST_BUTTON_TEXT = 640;
const MOST_ELEMENTS = 10;
const MOST_LINE = 80;
const MOST_URL = 2000;

export const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most;

const firstOf = <T>(list: readonly T[], faultOf: (one: T) => Fault): Fault =>
  list.map(faultOf).find((fault) => fault !== undefined);

/** The members of a list that are objects; an empty object for any other. */
export const objectsIn = (value: unknown): readonly Params[] =>
  Array.isArray(value) ? value.map((each) => asObject(each) ?? {}) : [];

const buttonFault = ({ type, title, url, payload }: Params): Fault => {
  if (!isText(title, MOST_TITLE)) return 'Button title must be 1 to 20 characters';
  if (type === 'postback')
    return isText(payload, MOST_PAYLOAD)
      ? undefined
      : 'Button payload must be 1 to 1000 characters';
  if (type !== 'web_url') return 'Button type is not supported';
  return isWebAddress(url) && url.length <= MOST_URL ? undefined : 'Button url must be a valid URL';
};

const buttonsFault = (buttons: unknown, least: number): Fault => {
  const given = objectsIn(buttons);
  if (given.length < least || given.length > MOST_BUTTONS)
    return 'Param buttons must have 1 to 3 elements';
  return firstOf(given, buttonFault);
};

const buttonTemplateFault = ({ text, buttons }: Params): Fault =>
  isText(text, MOST_BUTTON_TEXT)
    ? buttonsFault(buttons, 1)
    : 'Param text must be 1 to 640 characters';

const cardFault = ({ title, subtitle, image_url: image, buttons }: Params): Fault => {
  if (!isText(title, MOST_LINE)) return 'Param title must be 1 to 80 characters';
  if (subtitle !== undefined && !isText(subtitle, MOST_LINE))
    return 'Param subtitle must be 1 to 80 characters';
  if (image !== undefined && !isWebAddress(image)) return 'Param image_url must be a valid URL';
  if (subtitle === undefined && image === undefined && buttons === undefined)
    return 'An element needs more than its title';
  return buttons === undefined ? undefined : buttonsFault(buttons, 1);
};

const genericTemplateFault = ({ elements }: Params): Fault => {
  const cards = objectsIn(elements);
  return cards.length < 1 || cards.length > MOST_ELEMENTS
    ? 'Param elements must have 1 to 10 elements'
    : firstOf(cards, cardFault);
};

const mediaTemplateFault = ({ elements }: Params, knows: Knows): Fault => {
  const [media = {}, ...more] = objectsIn(elements);
  const { media_type: type, attachment_id: id, buttons } = media;
  if (more.length > 0) return 'Param elements must have one element';
  if (type !== 'image' && type !== 'video') return 'Param media_type must be image or video';
  if (!knows(id, type)) return 'Param attachment_id must be a valid attachment';
  return buttons === undefined ? undefined : buttonsFault(buttons, 1);
};

/** Why Messenger would refuse a template. */
export const templateFault = (payload: Params, knows: Knows): Fault => {
  switch (payload['template_type']) {
    case 'button':
      return buttonTemplateFault(payload);
    case 'generic':
      return genericTemplateFault(payload);
    case 'media':
      return mediaTemplateFault(payload, knows);
    default:
      return 'Param template_type is not supported';
  }
};
