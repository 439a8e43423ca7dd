import type { IncomingMessage } from 'node:http';

const MOST_BYTES = 1024 * 1024;
const MOST_UPLOAD_BYTES = 60 * 1024 * 1024;

/** How much of a body is taken: 60 MB for uploads, 1 MB else. */
export const bodyLimit = (request: IncomingMessage): number =>
  request.headers['content-type']?.startsWith('multipart/') === true
    ? MOST_UPLOAD_BYTES
    : MOST_BYTES;

/**
 * The whole body. `too large` is said only when the rest has been thrown away, so that the sender
 * can read the answer; `gone` when the sender left before the end.
 */
export const readBody = (
  request: IncomingMessage,
  limit: number,
): Promise<Buffer | 'too large' | 'gone'> =>
  new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) chunks = [];
      else chunks.push(chunk);
    });
    request.on('end', () => {
      if (size > limit) resolve('too large');
      else resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
    });
    request.on('close', () => {
      if (!request.complete) resolve('gone');
    });
    request.on('error', () => {
      resolve('gone');
    });
  });
