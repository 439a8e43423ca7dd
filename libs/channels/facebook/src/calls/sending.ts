import type { Exchanged, Letter, SendResult, Sender } from '@crier/connector';
import { MOST_IN_BATCH } from '../limits.ts';
import { fieldsOf, parsed, type Classifier } from './classify.ts';
import type { GraphApi } from './graph-api.ts';

/** The result of a call that could not be made, since token, version or address cannot be one. */
export const NO_ACCOUNT: SendResult = { result: 'bot_stopped', reason: 'unauthorized' };

const GARBAGE: SendResult = { result: 'unknown', reason: 'garbage' };

const recipient = (address: string): string => JSON.stringify({ id: address });

/** A call's fields as a batch wants them: a form whose structures are JSON. */
const formOf = ({ address, part }: Letter): string => {
  const fields = Object.entries(fieldsOf(parsed(part.body)) ?? {}).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${name}=${encodeURIComponent(text)}`;
  });
  return [`recipient=${encodeURIComponent(recipient(address))}`, ...fields].join('&');
};

const chunksOf = (letters: readonly Letter[]): readonly (readonly Letter[])[] =>
  Array.from({ length: Math.ceil(letters.length / MOST_IN_BATCH) }, (_, index) =>
    letters.slice(index * MOST_IN_BATCH, (index + 1) * MOST_IN_BATCH),
  );

/** Sends messages: one by a request of its own, several by batches. */
export class Sending {
  readonly #api: GraphApi;
  readonly #classifier: Classifier;

  constructor(api: GraphApi, classifier: Classifier) {
    this.#api = api;
    this.#classifier = classifier;
  }

  /** One result for each letter, in order. Never rejects. */
  async deliver(sender: Sender, letters: readonly Letter[]): Promise<readonly SendResult[]> {
    const results = await Promise.all(
      chunksOf(letters).map((chunk) =>
        chunk.length === 1 ? this.#alone(sender, chunk) : this.#batch(sender, chunk),
      ),
    );
    return results.flat();
  }

  #alone(sender: Sender, chunk: readonly Letter[]): Promise<readonly SendResult[]> {
    return Promise.all(
      chunk.map(async ({ address, part }) => {
        const body = `{"recipient":${recipient(address)},${part.body.slice(1)}`;
        const call = this.#api.post(sender, part.method, body);
        return call === undefined ? NO_ACCOUNT : this.#classifier.classify(await call);
      }),
    );
  }

  async #batch(sender: Sender, chunk: readonly Letter[]): Promise<readonly SendResult[]> {
    const version = this.#api.versionOf(sender);
    const batch = chunk.map((letter) => ({
      method: 'POST',
      relative_url: `${version}/${letter.part.method}`,
      body: formOf(letter),
    }));
    const call = this.#api.batch(sender, JSON.stringify({ include_headers: false, batch }));
    if (call === undefined) return chunk.map(() => NO_ACCOUNT);
    return this.#read(await call, chunk.length);
  }

  #read(exchanged: Exchanged, count: number): readonly SendResult[] {
    const items = exchanged.kind === 'answered' ? parsed(exchanged.body) : undefined;
    if (Array.isArray(items))
      return Array.from({ length: count }, (_, index) => this.#item(items[index]));
    // What is said of the whole batch is said of each, but for an acceptance, which can be of one only.
    const result = this.#classifier.classify(exchanged);
    return Array.from({ length: count }, () => (result.result === 'accepted' ? GARBAGE : result));
  }

  #item(item: unknown): SendResult {
    // Without an answer where the batch took too long; the call may be executed yet.
    if (item === null || item === undefined) return { result: 'unknown', reason: 'unfinished' };
    const { code, body } = fieldsOf(item) ?? {};
    return typeof code === 'number' && typeof body === 'string'
      ? this.#classifier.answer({ status: code, body })
      : GARBAGE;
  }
}
