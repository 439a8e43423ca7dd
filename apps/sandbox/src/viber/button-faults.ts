import { asObject, type Params } from '../telegram-methods/method.ts';
import { statusOf, type Status } from './statuses.ts';

type Fault = Status | undefined;

const ACTIONS: readonly unknown[] = ['reply', 'open-url', 'location-picker', 'share-phone', 'none'];
const COLUMNS = 6;
const CAROUSEL_ROWS = 7;
const MOST_BLOCKS = 6;
const MOST_KEYBOARD_ROWS = 24;
const MOST_TEXT = 250;
const LEAST_CAROUSEL_VERSION = 2;

const bad = (what: string): Status => statusOf('badData', what);

const isWithin = (value: unknown, most: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;

const BUTTON: Params = { Columns: COLUMNS, Rows: 1, ActionType: 'reply', Text: '' };
const CAROUSEL: Params = { ButtonsGroupColumns: COLUMNS, ButtonsGroupRows: CAROUSEL_ROWS };

const buttonFault = (button: Params, mostRows: number): Fault => {
  const { Columns, Rows, ActionType, ActionBody, Text } = { ...BUTTON, ...button };
  if (!isWithin(Columns, COLUMNS)) return bad('Columns');
  if (!isWithin(Rows, mostRows)) return bad('Rows');
  if (!ACTIONS.includes(ActionType)) return bad('ActionType');
  if (typeof ActionBody !== 'string' || ActionBody === '')
    return statusOf('missingData', 'ActionBody');
  return typeof Text === 'string' && Text.length <= MOST_TEXT ? undefined : bad('Text');
};

/** The buttons of a keyboard or a carousel. */
export const buttonsIn = (holder: unknown): readonly Params[] => {
  const buttons = asObject(holder)?.['Buttons'];
  return Array.isArray(buttons) ? buttons.map((button) => asObject(button) ?? {}) : [];
};

const buttonsFault = (holder: Params, mostRows: number): Fault => {
  const buttons = buttonsIn(holder);
  if (buttons.length === 0) return statusOf('missingData', 'Buttons');
  return buttons
    .map((button) => buttonFault(button, mostRows))
    .find((fault) => fault !== undefined);
};

const rowsOf = (buttons: readonly Params[]): number =>
  buttons
    .map((button) => ({ ...BUTTON, ...button }))
    .reduce((sum, { Columns, Rows }) => sum + (Number(Columns) * Number(Rows)) / COLUMNS, 0);

/** Why Viber would refuse a keyboard. */
export const keyboardFault = (value: unknown): Fault => {
  const keyboard = asObject(value);
  if (keyboard?.['Type'] !== 'keyboard') return bad('keyboard is not valid. Type');
  const fault = buttonsFault(keyboard, 2);
  if (fault !== undefined) return fault;
  return rowsOf(buttonsIn(keyboard)) > MOST_KEYBOARD_ROWS ? bad('too many rows') : undefined;
};

/** Why Viber would refuse a carousel. */
export const richMediaFault = ({
  rich_media: value,
  min_api_version: version = 1,
}: Params): Fault => {
  const carousel = asObject(value);
  if (carousel?.['Type'] !== 'rich_media') return bad('rich_media is not valid. Type');
  const { ButtonsGroupColumns: columns, ButtonsGroupRows: rows } = { ...CAROUSEL, ...carousel };
  if (!isWithin(columns, COLUMNS) || !isWithin(rows, CAROUSEL_ROWS)) return bad('ButtonsGroup');
  if (Number(version) < LEAST_CAROUSEL_VERSION) return statusOf('incompatibleWithVersion');
  const fault = buttonsFault(carousel, rows);
  if (fault !== undefined) return fault;
  return rowsOf(buttonsIn(carousel)) > MOST_BLOCKS * rows ? bad('too many blocks') : undefined;
};
