import type { Capabilities } from '@crier/contracts';

export const MOST_ELEMENTS = 10;
export const MOST_URL_LENGTH = 2000;
/** Of a card's actions and of their titles: constants of the Bot Framework SDK for Skype. */
export const MOST_BUTTONS = 3;
export const MOST_LABEL_LENGTH = 20;
/** What a request holds beside its content: who it is from and for. */
export const RESERVED_BYTES = 1_500;

/** What Microsoft publishes nowhere for Skype. */
export interface Assumed {
  /** Messages per second. For Teams, 30 requests a second for each app and tenant are documented. */
  readonly rate: Capabilities['rate'];
  /** Characters that people read, in a text or under a file. */
  readonly textLength: number;
  /** Of a whole request: Teams refuses more than about 28 kB. */
  readonly requestBytes: number;
  /** Cards of a carousel. */
  readonly galleryCards: number;
  readonly cardTitleLength: number;
  readonly cardTextLength: number;
  /** Of a file, which is fetched by its address. */
  readonly mediaBytes: number;
  /** Stands before the app's id where a message says who it is from. */
  readonly botIdPrefix: string;
  /** What pressing a message button does; Teams knows `messageBack` only. */
  readonly press: 'postBack' | 'messageBack';
}

export const ASSUMED: Assumed = {
  rate: { standard: 25, most: 30 },
  textLength: 4000,
  requestBytes: 28_000,
  galleryCards: 10,
  cardTitleLength: 80,
  cardTextLength: 400,
  mediaBytes: 20_000_000,
  botIdPrefix: '28:',
  press: 'postBack',
};

/** What Skype could do; `version` is the dispatcher's own. */
export const capabilitiesOf = (version: string, assumed: Assumed): Capabilities => ({
  channel: 'skype',
  version,
  reports: { delivered: false, opened: false },
  rate: assumed.rate,
  elements: ['text', 'image', 'video', 'audio', 'voice', 'file', 'gallery'],
  buttons: ['link', 'message', 'buy'],
  limits: {
    textLength: assumed.textLength,
    captionLength: assumed.textLength,
    buttonsPerMessage: MOST_BUTTONS,
    labelLength: MOST_LABEL_LENGTH,
    galleryCards: { least: 1, most: assumed.galleryCards },
    mediaBytes: assumed.mediaBytes,
  },
  idempotent: false,
});
