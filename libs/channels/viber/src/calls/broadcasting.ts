import { groupsOf, type Letter, type SendResult, type Sender } from '@crier/connector';
import { NO_ACCOUNT, NO_SENDER, senderFields } from '../account.ts';
import { MOST_RECEIVERS, MOST_REQUEST_BYTES } from '../limits.ts';
import { classify, classifyEach } from './classify.ts';
import { CANNOT_BROADCAST } from './statuses.ts';
import type { ViberApi } from './viber-api.ts';

const SEND_MESSAGE = 'send_message';
const BROADCAST_MESSAGE = 'broadcast_message';
/** Names, quotes and commas around the receivers. */
const LIST_BYTES = 64;

/** One call: the same fields for all these letters. */
interface Call {
  readonly fields: string;
  readonly letters: readonly number[];
}

const bytesOf = (address: string): number => Buffer.byteLength(JSON.stringify(address)) + 1;

/** Cuts a group so that each call has at most 300 receivers and stays within Viber's size. */
const callsOf = (
  fields: string,
  group: readonly number[],
  letters: readonly Letter[],
): readonly Call[] => {
  const room = MOST_REQUEST_BYTES - LIST_BYTES - Buffer.byteLength(fields);
  const calls: Call[] = [];
  let chunk: number[] = [];
  let bytes = 0;
  for (const index of group) {
    const more = bytesOf(letters[index]?.address ?? '');
    if (chunk.length > 0 && (chunk.length >= MOST_RECEIVERS || bytes + more > room)) {
      calls.push({ fields, letters: chunk });
      chunk = [];
      bytes = 0;
    }
    chunk.push(index);
    bytes += more;
  }
  return [...calls, { fields, letters: chunk }];
};

/** Brings letters to Viber, equal ones by one call for at most 300 of them. */
export class Broadcasting {
  readonly #api: ViberApi;
  /** Bots that Viber lets write to one person at a time only. */
  readonly #singly = new Set<string>();

  constructor(api: ViberApi) {
    this.#api = api;
  }

  /** One result for each letter. Never rejects. */
  readonly deliver = async (
    sender: Sender,
    letters: readonly Letter[],
  ): Promise<readonly SendResult[]> => {
    const from = senderFields(sender);
    if (from === undefined) return letters.map(() => NO_SENDER);
    const results = new Array<SendResult>(letters.length);
    const calls = groupsOf(letters).flatMap((group) => {
      const body = letters[group[0] ?? 0]?.part.body ?? '{}';
      return callsOf(`${from},${body.slice(1, -1)}`, group, letters);
    });
    await Promise.all(
      calls.map(async ({ fields, letters: indexes }) => {
        const addresses = indexes.map((index) => letters[index]?.address ?? '');
        const told = await this.#call(sender, fields, addresses);
        indexes.forEach((index, i) => {
          results[index] = told[i] ?? NO_ACCOUNT;
        });
      }),
    );
    return results;
  };

  async #call(
    sender: Sender,
    fields: string,
    addresses: readonly string[],
  ): Promise<readonly SendResult[]> {
    if (addresses.length === 1 || this.#singly.has(sender.id))
      return Promise.all(addresses.map((address) => this.#single(sender, fields, address)));
    const list = `{"broadcast_list":${JSON.stringify(addresses)},${fields}}`;
    const exchanged = await this.#api.call(sender, BROADCAST_MESSAGE, list);
    if (exchanged === undefined) return addresses.map(() => NO_ACCOUNT);
    const results = classifyEach(exchanged, addresses);
    const [first] = results;
    if (first?.result !== 'bot_stopped' || !CANNOT_BROADCAST.has(first.reason)) return results;
    this.#singly.add(sender.id);
    return this.#call(sender, fields, addresses);
  }

  async #single(sender: Sender, fields: string, address: string): Promise<SendResult> {
    const body = `{"receiver":${JSON.stringify(address)},${fields}}`;
    const call = this.#api.call(sender, SEND_MESSAGE, body);
    return call === undefined ? NO_ACCOUNT : classify(await call);
  }
}
