import { setNonce } from 'get-nonce';

/** The server's policy lets only such style elements in as carry the nonce of its answer. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

// Dialogs keep the page behind them from scrolling with a style element of their own.
setNonce(styleNonce());
