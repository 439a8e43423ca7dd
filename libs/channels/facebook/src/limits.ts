import type { Capabilities } from '@crier/contracts';

// The Send API's reference and the pages of its templates, where no other source is named.
export const MOST_ELEMENTS = 10;
export const MOST_URL_LENGTH = 2000;
export const TEXT_LENGTH = 2000;
/** Of the text over the buttons of a button template. */
export const BUTTON_TEXT_LENGTH = 640;
export const MOST_BUTTONS = 3;
export const MOST_LABEL_LENGTH = 20;
export const MOST_CARDS = 10;
/** Of a card's title, and of the line under it. */
export const MOST_CARD_LINE_LENGTH = 80;
export const MOST_FILE_BYTES = 25_000_000;
/** Calls in one batch of the Graph API. */
export const MOST_IN_BATCH = 50;
/** Standard messages reach a person only so long after what they did last. */
export const WINDOW_MS = 24 * 3_600_000;

/** What Meta's documents leave open. */
export interface Assumed {
  /**
   * Messages per second. 300 are documented for texts and links, 10 for audio and video; above about 40 the Page's inbox
   * no longer keeps up, and the Page is held off.
   */
  readonly rate: Capabilities['rate'];
  /** First pause of a Page that Meta restricts for a while; it names no time. */
  readonly restrictedPauseMs: number;
}

export const ASSUMED: Assumed = {
  rate: { standard: 35, most: 300 },
  restrictedPauseMs: 30 * 60_000,
};

/** What Messenger can do; `version` is the dispatcher's own. */
export const capabilitiesOf = (version: string, { rate }: Assumed): Capabilities => ({
  channel: 'facebook',
  version,
  reports: { delivered: true, opened: true },
  rate,
  elements: ['text', 'image', 'video', 'audio', 'voice', 'file', 'gallery'],
  buttons: ['link', 'message', 'buy'],
  limits: {
    textLength: TEXT_LENGTH,
    captionLength: TEXT_LENGTH,
    buttonsPerMessage: MOST_BUTTONS,
    labelLength: MOST_LABEL_LENGTH,
    galleryCards: { least: 1, most: MOST_CARDS },
    mediaBytes: MOST_FILE_BYTES,
  },
  idempotent: false,
  windowMs: WINDOW_MS,
});
