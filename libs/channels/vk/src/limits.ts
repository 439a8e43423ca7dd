import type { Capabilities } from '@crier/contracts';

// VK's API 5.199 where it gives a number; otherwise what each line says.
export const API_VERSION = '5.199';
export const MOST_ELEMENTS = 10;
export const MOST_URL_LENGTH = 2000;
export const TEXT_LENGTH = 9000;
export const MOST_LABEL_LENGTH = 40;
/** Of a keyboard inside a message. */
export const MOST_BUTTONS = 10;
export const MOST_ROWS = 6;
export const MOST_COLUMNS = 5;
export const MOST_CARD_TEXT_LENGTH = 80;
export const MOST_CARD_BUTTONS = 3;
/** Attachments of one message; VK's documents name no number for the cards of a carousel, and take as many. */
export const MOST_CARDS = 10;
/** VK takes documents of 200 MB; here a file stays in memory while it goes up. */
export const MOST_FILE_BYTES = 50_000_000;
/** Recipients of one `messages.send`, and calls in one `execute`. */
export const MOST_PEERS = 100;
export const MOST_CALLS = 25;
/** Of the words in an answer to a press. */
export const MOST_ANSWER_LENGTH = 90;

/** What VK's documents leave open, or the team has other figures for. */
export interface Assumed {
  /** Messages per second that a bot starts with: as many personal texts as 18 requests carry. */
  readonly rate: Capabilities['rate'];
  /** VK allows a community's token 20; the rest is for the team's own chat bot. */
  readonly requestsPerSecond: number;
  /** Characters of one program; VK names no limit. */
  readonly codeLength: number;
}

const REQUESTS_PER_SECOND = 18;

export const ASSUMED: Assumed = {
  rate: {
    standard: REQUESTS_PER_SECOND * MOST_CALLS,
    most: REQUESTS_PER_SECOND * MOST_CALLS * MOST_PEERS,
  },
  requestsPerSecond: REQUESTS_PER_SECOND,
  codeLength: 100_000,
};

/** What VK can do; `version` is the dispatcher's own. */
export const capabilitiesOf = (version: string, { rate }: Assumed): Capabilities => ({
  channel: 'vk',
  version,
  reports: { delivered: false, opened: true },
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
  idempotent: true,
});
