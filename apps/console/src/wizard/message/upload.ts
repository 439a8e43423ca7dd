import { tokenKeeper } from '../../api/token-keeper.ts';
import type { Media } from '../../api/types.ts';

interface Progress {
  /** Share of the file that has left, 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

const answerOf = ({ responseText }: XMLHttpRequest): unknown => {
  try {
    return JSON.parse(responseText);
  } catch {
    return new TypeError('no answer');
  }
};

/** Uploads a file. `fetch` tells nothing of how far it is. Rejects with a problem of the API, or an error of the network. */
export const uploadMedia = (file: File, { onProgress, signal }: Progress): Promise<Media> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total === 0 ? 0 : loaded / total);
    };
    request.onload = () => {
      // What is rejected is a problem document, as from every other request.
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
      if (request.status >= 400) reject(answerOf(request));
      else resolve(answerOf(request) as Media);
    };
    request.onerror = () => {
      reject(new TypeError('no network'));
    };
    signal.addEventListener('abort', () => {
      request.abort();
    });
    request.open('POST', '/v1/media');
    request.setRequestHeader('authorization', `Bearer ${tokenKeeper.get() ?? ''}`);
    request.send(body);
  });
