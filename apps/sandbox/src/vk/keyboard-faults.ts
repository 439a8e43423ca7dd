import { asObject, type Params } from '../telegram-methods/method.ts';
import { errorOf, type VkError } from './errors.ts';

type Fault = VkError | undefined;

const INLINE = { rows: 6, buttons: 10 };
const UNDER_INPUT = { rows: 10, buttons: 40 };
const MOST_COLUMNS = 5;
const MOST_LABEL = 40;
const MOST_PAYLOAD = 255;
const MOST_ELEMENTS = 10;
const MOST_CARD_BUTTONS = 3;
const MOST_CARD_TEXT = 80;
const COLOURS: readonly unknown[] = [
  undefined,
  'primary',
  'secondary',
  'default',
  'negative',
  'positive',
];
const WHOLE_WIDTH: readonly unknown[] = ['location', 'vkpay', 'open_app'];
const PHOTO_ID = /^-?\d+_\d+$/;

const keyboardError = (what: string): VkError => errorOf(911, what);
const templateError = (what: string): VkError => errorOf(100, `template is invalid: ${what}`);

const isJsonObject = (value: unknown): boolean => {
  try {
    return typeof value === 'string' && asObject(JSON.parse(value)) !== undefined;
  } catch {
    return false;
  }
};

const payloadFault = (payload: unknown): Fault => {
  if (payload === undefined) return undefined;
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return isJsonObject(text) && text.length <= MOST_PAYLOAD
    ? undefined
    : keyboardError('button payload is invalid');
};

const labelFault = ({ label }: Params): Fault =>
  typeof label === 'string' && label !== '' && label.length <= MOST_LABEL
    ? undefined
    : keyboardError('button label is invalid');

const linkFault = ({ link }: Params): Fault =>
  typeof link === 'string' && /^https?:$/.test(URL.parse(link)?.protocol ?? '')
    ? undefined
    : keyboardError('button link is invalid');

const buttonFault = (button: Params): Fault => {
  const action = asObject(button['action']) ?? {};
  const { type, payload } = action;
  if (!COLOURS.includes(button['color'])) return keyboardError('button color is invalid');
  if (WHOLE_WIDTH.includes(type)) return payloadFault(payload);
  if (type === 'open_link') return linkFault(action) ?? labelFault(action);
  if (type !== 'text' && type !== 'callback') return keyboardError('button type is invalid');
  return labelFault(action) ?? payloadFault(payload);
};

const firstFault = (buttons: readonly Params[]): Fault =>
  buttons.map(buttonFault).find((fault) => fault !== undefined);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const rowsIn = (value: unknown): readonly (readonly Params[])[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  return value.map((row: unknown) =>
    Array.isArray(row) ? row.map((button) => asObject(button) ?? {}) : [],
  );
};

/** Why VK would refuse a keyboard, which comes as JSON in a text. */
export const keyboardFault = (text: string): Fault => {
  const keyboard = asObject(parsed(text));
  const rows = rowsIn(keyboard?.['buttons']);
  if (keyboard === undefined || rows === undefined) return keyboardError('buttons');
  const isInline = keyboard['inline'] === true;
  if (isInline && keyboard['one_time'] === true) return keyboardError('inline is not one_time');
  const most = isInline ? INLINE : UNDER_INPUT;
  const buttons = rows.flat();
  if (rows.length > most.rows || buttons.length > most.buttons)
    return keyboardError('too many buttons');
  if (rows.some(({ length }) => length === 0 || length > MOST_COLUMNS))
    return keyboardError('a row has 1 to 5 buttons');
  return firstFault(buttons);
};

const shapeOf = ({ title, description, photo_id: photo, buttons }: Params): string =>
  JSON.stringify([
    title !== undefined,
    description !== undefined,
    photo !== undefined,
    Array.isArray(buttons) ? buttons.length : 0,
  ]);

const isCardText = (value: unknown): boolean =>
  value === undefined ||
  (typeof value === 'string' && value.trim() !== '' && value.length <= MOST_CARD_TEXT);

/** The buttons of a carousel's element. */
export const cardButtons = (element: Params): readonly Params[] => {
  const buttons = element['buttons'];
  return Array.isArray(buttons) ? buttons.map((button) => asObject(button) ?? {}) : [];
};

const cardFault = (element: Params): Fault => {
  const { title, description, photo_id: photo } = element;
  if (title === undefined && photo === undefined) return templateError('title or photo_id');
  if (!isCardText(title) || !isCardText(description)) return templateError('title or description');
  if (photo !== undefined && (typeof photo !== 'string' || !PHOTO_ID.test(photo)))
    return templateError('photo_id');
  const buttons = cardButtons(element);
  if (buttons.length === 0 || buttons.length > MOST_CARD_BUTTONS) return templateError('buttons');
  return firstFault(buttons);
};

/** The elements of a carousel, which comes as JSON in a text. */
export const cardsIn = (text: string): readonly Params[] => {
  const template = asObject(parsed(text));
  const elements = template?.['type'] === 'carousel' ? template['elements'] : undefined;
  return Array.isArray(elements) ? elements.map((element) => asObject(element) ?? {}) : [];
};

/** Why VK would refuse a carousel. */
export const templateFault = (text: string): Fault => {
  const cards = cardsIn(text);
  if (cards.length === 0 || cards.length > MOST_ELEMENTS) return templateError('elements');
  if (new Set(cards.map(shapeOf)).size > 1) return templateError('elements differ');
  return cards.map(cardFault).find((fault) => fault !== undefined);
};

/** Every button of a message in the order it is shown. */
export const buttonsIn = (keyboard: string, template: string): readonly Params[] => {
  const rows = rowsIn(asObject(parsed(keyboard))?.['buttons']) ?? [];
  return [...cardsIn(template).flatMap(cardButtons), ...rows.flat()];
};
