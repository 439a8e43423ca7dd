import type { Hash64 } from './hash.ts';

/** One request to send, as it came and as it ended. */
export interface Entry {
  /** Number of the bot in order of registration. */
  readonly bot: number;
  /** `undefined` when the request named none. */
  readonly chat: number | undefined;
  readonly method: string;
  /** Arrival, in milliseconds since 1970 with a fraction. */
  readonly at: number;
  readonly accepted: boolean;
  /** 0 unless accepted. */
  readonly messageId: number;
  readonly contentHash: Hash64;
  /** The HTTP status of the answer; 0 when none was given. */
  readonly status: number;
}

/** Where each field lies in a row of {@link ROW_BYTES} bytes. */
const AT = 0;
const CHAT = 8;
const BOT = 16;
const MESSAGE_ID = 20;
const HIGH = 24;
const LOW = 28;
const STATUS = 32;
const METHOD = 34;
const ACCEPTED = 35;
const ROW_BYTES = 36;
const ROWS_PER_CHUNK = 16_384;

/** Every request to send, in order, at 36 bytes each. */
export class SendRecord {
  #chunks: DataView[] = [];
  #length = 0;
  readonly #methods: string[] = [];

  /** How many requests are recorded. */
  get length(): number {
    return this.#length;
  }

  append(entry: Entry): void {
    const rows = this.#chunkOf(this.#length);
    const row = (this.#length % ROWS_PER_CHUNK) * ROW_BYTES;
    rows.setFloat64(row + AT, entry.at);
    rows.setFloat64(row + CHAT, entry.chat ?? 0);
    rows.setUint32(row + BOT, entry.bot);
    rows.setUint32(row + MESSAGE_ID, entry.messageId);
    rows.setUint32(row + HIGH, entry.contentHash.high);
    rows.setUint32(row + LOW, entry.contentHash.low);
    rows.setUint16(row + STATUS, entry.status);
    rows.setUint8(row + METHOD, this.#methodNumber(entry.method));
    rows.setUint8(row + ACCEPTED, entry.accepted ? 1 : 0);
    this.#length += 1;
  }

  /** The request at this index, from 0 to `length` − 1. */
  entry(index: number): Entry {
    const rows = this.#chunkOf(index);
    const row = (index % ROWS_PER_CHUNK) * ROW_BYTES;
    const chat = rows.getFloat64(row + CHAT);
    return {
      bot: rows.getUint32(row + BOT),
      chat: chat === 0 ? undefined : chat,
      method: this.#methods[rows.getUint8(row + METHOD)] ?? '',
      at: rows.getFloat64(row + AT),
      accepted: rows.getUint8(row + ACCEPTED) === 1,
      messageId: rows.getUint32(row + MESSAGE_ID),
      contentHash: { high: rows.getUint32(row + HIGH), low: rows.getUint32(row + LOW) },
      status: rows.getUint16(row + STATUS),
    };
  }

  /** Number of the bot and arrival of the request at this index. */
  start(index: number): { readonly bot: number; readonly at: number } {
    const rows = this.#chunkOf(index);
    const row = (index % ROWS_PER_CHUNK) * ROW_BYTES;
    return { bot: rows.getUint32(row + BOT), at: rows.getFloat64(row + AT) };
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }

  #chunkOf(index: number): DataView {
    const number = Math.floor(index / ROWS_PER_CHUNK);
    const known = this.#chunks[number];
    if (known !== undefined) return known;
    const fresh = new DataView(new ArrayBuffer(ROWS_PER_CHUNK * ROW_BYTES));
    this.#chunks[number] = fresh;
    return fresh;
  }

  #methodNumber(method: string): number {
    const known = this.#methods.indexOf(method);
    return known === -1 ? this.#methods.push(method) - 1 : known;
  }
}
