import { createHash, createHmac } from 'node:crypto';
import type { Stage } from './stage.ts';
import { StandIn } from './stand-in.ts';

/** Who got a message, and the token by which Viber tells of it. */
export interface Reached {
  readonly person: number;
  readonly address: string;
  /** 64 bits in decimal digits. */
  readonly token: string;
}

const BOT = 'v';
const TOKEN = '4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f';
const RATE = 5_000;
const TAG = 'viber';

const addressOf = (person: number): string =>
  `${createHash('sha256').update(`person ${person}`).digest('base64').slice(0, 22)}==`;

/** Where the product takes Viber's callbacks. */
export const HOOK = `/hooks/viber/${BOT}`;
export const VIBER_AUDIENCE = { filter: { all: [{ status: 'enabled' }, { tag: TAG }] } };

/** As Viber signs the bytes of a callback. */
export const signatureOf = (body: string): string =>
  createHmac('sha256', TOKEN).update(body).digest('hex');

/** The people of one Viber bot, and what the stand-in knows of them. */
export class ViberPeople {
  readonly #stage: Stage;
  readonly #standIn: StandIn;
  readonly #persons: ReadonlyMap<string, number>;

  constructor(stage: Stage, count: number) {
    this.#stage = stage;
    this.#standIn = new StandIn(stage.sandboxApp.url, 'viber');
    this.#persons = new Map(Array.from({ length: count }, (_, i) => [addressOf(i), i]));
  }

  /** The bot at the sandbox and in the product, with all its people. */
  async settle(): Promise<void> {
    const { api, sandboxApp } = this.#stage;
    await this.#standIn.registerBot(TOKEN, { name: 'Storm' });
    await api.write('PUT', `/v1/bots/${BOT}`, {
      channel: 'viber',
      name: BOT,
      rate: RATE,
      credentials: { token: TOKEN, senderName: 'The corner shop' },
      apiUrl: `${sandboxApp.url}/viber`,
    });
    const lines = [...this.#persons].map(
      ([address, person]) => `${TAG}${person},${TAG},${BOT},${address}`,
    );
    const file = ['external_id,tags,bot,address', ...lines, ''].join('\n');
    await this.#stage.importFile(file, this.#persons.size);
  }

  /** Everybody who has a message, as the sandbox wrote it down. */
  async reached(): Promise<readonly Reached[]> {
    const record = await this.#standIn.record();
    return record.flatMap(({ chat, accepted, messageId: token }) => {
      const address = String(chat);
      const person = this.#persons.get(address);
      return accepted && person !== undefined && token !== undefined
        ? [{ person, address, token }]
        : [];
    });
  }

  /** Contact id → person. */
  async contacts(): Promise<ReadonlyMap<string, number>> {
    const text = await this.#stage.api.text('/v1/exports/contacts?format=ndjson');
    const contacts = text.split('\n').flatMap((line) => {
      if (line === '') return [];
      const { id, externalId } = JSON.parse(line) as {
        readonly id: string;
        readonly externalId?: string | null;
      };
      const isOne = externalId?.startsWith(TAG) === true;
      return isOne ? [[id, Number(externalId.slice(TAG.length))] as const] : [];
    });
    return new Map(contacts);
  }
}
