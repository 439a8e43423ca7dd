import type { Capabilities } from '@crier/contracts';

// Bot API 10.1 where it gives a number; otherwise what each line says.
export const MOST_ELEMENTS = 10;
export const MOST_ENTITIES = 100;
export const MOST_URL_LENGTH = 2048;
/** About 10 kB by experience; the documentation gives no number. */
export const MOST_MARKUP_BYTES = 10_000;
/** Telegram gives no limit, but a phone shows hardly more. */
export const MOST_LABEL_LENGTH = 64;
/** Ten titles and their line ends fit into the one text that carries a gallery's buttons. */
export const MOST_TITLE_LENGTH = 256;
export const MOST_PHOTO_BYTES = 10_000_000;
export const MOST_FILE_BYTES = 50_000_000;
/** For files that Telegram fetches by address: 5 MB a photo, 20 MB any other, by experience. */
export const MOST_FETCHED_PHOTO_BYTES = 5_000_000;
export const MOST_FETCHED_FILE_BYTES = 20_000_000;
/** `c:` and a ref. */
export const MOST_REF_LENGTH = 42;
/** Longer than a tracked link is: public address, `/r/` and a ref of 40. */
export const TRACKED_LINK_LENGTH = 128;

export const LIMITS: Capabilities['limits'] = {
  textLength: 4096,
  captionLength: 1024,
  buttonsPerMessage: 100,
  labelLength: MOST_LABEL_LENGTH,
  galleryCards: { least: 2, most: 10 },
  mediaBytes: MOST_FILE_BYTES,
};

/** What Telegram can do; `version` is the dispatcher's own. */
export const capabilitiesOf = (version: string): Capabilities => ({
  channel: 'telegram',
  version,
  reports: { delivered: false, opened: false },
  rate: { standard: 30, most: 1000 },
  elements: ['text', 'image', 'video', 'audio', 'voice', 'file', 'gallery'],
  buttons: ['link', 'message', 'buy'],
  limits: LIMITS,
  idempotent: false,
});
