import { setImmediate as turn } from 'node:timers/promises';
import { ImportRefused } from './import-row.ts';

/** Larger pieces are cut, so that no reader holds the thread for long. */
const PIECE_BYTES = 16_384;

/**
 * The text of UTF-8 bytes, without a byte order mark; `onBytes` hears how many were read.
 * @throws ImportRefused NOT_TEXT for anything else
 */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncIterable<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (piece?: Uint8Array): string => {
    try {
      const text = piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
      if (!text.includes('\u0000')) return text;
    } catch {
      // Not UTF-8: said below.
    }
    throw new ImportRefused('NOT_TEXT', 'The file is not text in UTF-8; save it as such first.');
  };
  for await (const piece of bytes) {
    for (let from = 0; from < piece.byteLength; from += PIECE_BYTES) {
      const part = piece.subarray(from, from + PIECE_BYTES);
      onBytes(part.byteLength);
      yield decode(part);
      await turn();
    }
  }
  yield decode();
}
