import type { Capabilities } from '@crier/contracts';

// Viber's REST API where it gives a number; otherwise what each line says.
export const MOST_ELEMENTS = 10;
export const MOST_URL_LENGTH = 2000;
/** Of a whole request, keyboard and receiver included. */
export const MOST_REQUEST_BYTES = 30_000;
/** What a request holds beside its content: receiver, sender and the names of fields. */
export const RESERVED_BYTES = 1_500;
/** One character of a value takes at most so many in JSON. */
export const MOST_BYTES_PER_UNIT = 3;
/** Of one `broadcast_message`. */
export const MOST_RECEIVERS = 300;
export const MOST_SENDER_NAME_LENGTH = 28;
export const MOST_FILE_NAME_LENGTH = 256;
/** Phones with iOS show no larger ones; Android takes 3 MB. */
export const MOST_PICTURE_BYTES = 1_000_000;
export const MOST_VIDEO_BYTES = 26_000_000;
export const MOST_FILE_BYTES = 50_000_000;
/** Viber gives no limit that matters, but one row shows hardly more. */
export const MOST_LABEL_LENGTH = 64;
/** A card is a block of six columns and seven rows; a carousel has six blocks. */
export const CARD_COLUMNS = 6;
export const CARD_ROWS = 7;
export const MOST_CARDS = 6;
/** Rows of a card for its words; its buttons have one each, the picture has the rest, and is to have two at least. */
export const CARD_TEXT_ROWS = 2;
export const MOST_CARD_BUTTONS = 3;
/** Title, text and their tags: all of it is the text of one cell. */
export const MOST_CARD_TEXT_LENGTH = 250;
/** Viber versions that show a keyboard as it is meant, and a carousel. */
export const KEYBOARD_API_VERSION = 3;
export const CAROUSEL_API_VERSION = 7;

/** What Viber's documents leave open or contradict one another in. */
export interface Assumed {
  /** Messages per second. Only the rate of `broadcast_message` is published: 50 calls a second, of 300 receivers each. */
  readonly rate: Capabilities['rate'];
  /** Older texts say 120. */
  readonly captionLength: number;
  /** Rows of a keyboard: one source says 12, another 24. */
  readonly keyboardRows: number;
}

export const ASSUMED: Assumed = {
  rate: { standard: 50, most: 15_000 },
  captionLength: 512,
  keyboardRows: 12,
};

/** What is assumed where the team was granted so many messages per second; undefined: as published. */
export const grantedRate = (most: number | undefined): Partial<Assumed> =>
  most === undefined ? {} : { rate: { ...ASSUMED.rate, most } };

export const TEXT_LENGTH = 7000;

/** What Viber can do; `version` is the dispatcher's own. */
export const capabilitiesOf = (version: string, assumed: Assumed): Capabilities => ({
  channel: 'viber',
  version,
  reports: { delivered: true, opened: true },
  rate: assumed.rate,
  elements: ['text', 'image', 'video', 'audio', 'voice', 'file', 'gallery'],
  buttons: ['link', 'message', 'buy'],
  limits: {
    textLength: TEXT_LENGTH,
    captionLength: assumed.captionLength,
    buttonsPerMessage: assumed.keyboardRows,
    labelLength: MOST_LABEL_LENGTH,
    galleryCards: { least: 1, most: MOST_CARDS },
    mediaBytes: MOST_FILE_BYTES,
  },
  idempotent: false,
});
