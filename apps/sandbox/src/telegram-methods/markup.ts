import {
  asObject,
  badRequest,
  isRefusal,
  structured,
  type Params,
  type Refusal,
} from './method.ts';

const MOST_BUTTONS = 100;
const MOST_MARKUP_BYTES = 10_240;
const MOST_DATA_BYTES = 64;
const PROTOCOLS: readonly string[] = ['http:', 'https:', 'tg:'];
const KINDS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'callback_game',
  'pay',
] as const;

const cannotParse = (what: string): Refusal =>
  badRequest(`can't parse inline keyboard button: ${what}`);

const isUrl = (value: unknown): boolean => {
  if (typeof value !== 'string' || /\s/.test(value)) return false;
  return PROTOCOLS.includes(URL.parse(value)?.protocol ?? '');
};

const isData = (value: unknown): boolean => {
  if (typeof value !== 'string' || value === '') return false;
  return Buffer.byteLength(value) <= MOST_DATA_BYTES;
};

const buttonFault = (value: unknown): Refusal | undefined => {
  const button = asObject(value);
  if (button === undefined) return cannotParse('expected an Object');
  if (typeof button['text'] !== 'string') return cannotParse('Field "text" must be of type String');
  if (button['text'] === '') return badRequest('BUTTON_TEXT_INVALID');
  if (!KINDS.some((kind) => kind in button))
    return cannotParse('Text buttons are unallowed in the inline keyboard');
  if ('url' in button && !isUrl(button['url'])) return badRequest('BUTTON_URL_INVALID');
  if ('callback_data' in button && !isData(button['callback_data']))
    return badRequest('BUTTON_DATA_INVALID');
  return undefined;
};

const keyboardFault = (rows: unknown): Refusal | undefined => {
  if (!Array.isArray(rows) || !rows.every((row) => Array.isArray(row)))
    return badRequest("can't parse reply keyboard markup JSON object");
  const buttons: unknown[] = rows.flat();
  for (const button of buttons) {
    const fault = buttonFault(button);
    if (fault !== undefined) return fault;
  }
  const isTooMuch =
    buttons.length > MOST_BUTTONS || Buffer.byteLength(JSON.stringify(rows)) > MOST_MARKUP_BYTES;
  return isTooMuch ? badRequest('reply markup is too long') : undefined;
};

/** The markup fields of a message: only inline keyboards stay with it, as in Telegram. */
export const markupFields = (params: Params): Params | Refusal => {
  const given = params['reply_markup'];
  if (given === undefined || given === null || given === '') return {};
  const markup = asObject(structured(given));
  if (markup === undefined) return badRequest('object expected as reply markup');
  if (!('inline_keyboard' in markup)) return {};
  const fault = keyboardFault(markup['inline_keyboard']);
  return fault ?? { reply_markup: { inline_keyboard: markup['inline_keyboard'] } };
};

/** A message's own fields with its markup behind them. */
export const withMarkup = (fields: Params, params: Params): readonly Params[] | Refusal => {
  const markup = markupFields(params);
  return isRefusal(markup) ? markup : [{ ...fields, ...markup }];
};
