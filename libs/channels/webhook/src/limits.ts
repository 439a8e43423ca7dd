import type { Capabilities } from '@crier/contracts';

// No messenger sets these: they keep a request below 256 kB, which is what receivers are told to take.
export const MOST_ELEMENTS = 10;
export const MOST_URL_LENGTH = 2000;
export const TEXT_LENGTH = 10_000;
export const CAPTION_LENGTH = 2000;
export const MOST_BUTTONS = 10;
export const MOST_LABEL_LENGTH = 100;
export const MOST_CARDS = 10;
export const CARD_TITLE_LENGTH = 200;
export const CARD_TEXT_LENGTH = 1000;
/** As many as Crier keeps of an upload. */
const MOST_FILE_BYTES = 50_000_000;

/** Of a call back. */
export const MOST_CALL_BYTES = 1024 * 1024;
export const MOST_EVENTS = 1000;
/** A signature is good for so long, before and after its time: clocks differ, and a call may be repeated by a stranger. */
export const SIGNATURE_AGE_MS = 5 * 60_000;

/** What every receiver can do, by the README that it is written after; `version` is the dispatcher's own. */
export const capabilitiesOf = (version: string): Capabilities => ({
  channel: 'webhook',
  version,
  reports: { delivered: true, opened: true },
  rate: { standard: 50, most: 1000 },
  elements: ['text', 'image', 'video', 'audio', 'voice', 'file', 'gallery'],
  buttons: ['link', 'message', 'buy'],
  limits: {
    textLength: TEXT_LENGTH,
    captionLength: CAPTION_LENGTH,
    buttonsPerMessage: MOST_BUTTONS,
    labelLength: MOST_LABEL_LENGTH,
    galleryCards: { least: 1, most: MOST_CARDS },
    mediaBytes: MOST_FILE_BYTES,
  },
  // The README obliges receivers to drop repeats, by `x-crier-key`.
  idempotent: true,
});
