import { BotRegistry, Seal, type Bot } from '@crier/audience';
import type { Channel } from '@crier/contracts';
import { Binary, MongoServerError, type Collection } from 'mongodb';
import { reachably, TRUTH, type MongoConnection } from '../connection.ts';

export interface MongoBotRegistryOptions {
  readonly mongo: Pick<MongoConnection, 'db'>;
  /** 32 bytes; whoever has them and the database has the bots' credentials. */
  readonly key: Uint8Array;
}

type BotDocument = Omit<Bot, 'id' | 'credentials'> & {
  readonly _id: string;
  readonly credentials: Binary;
};

const DUPLICATE_KEY = 11_000;

/** Bots in MongoDB; credentials are sealed with AES-256-GCM, each for its own bot's id. */
export class MongoBotRegistry extends BotRegistry {
  readonly #bots: Collection<BotDocument>;
  readonly #seal: Seal;

  /** @throws SecretUnreadable if the key is not 32 bytes long */
  constructor({ mongo, key }: MongoBotRegistryOptions) {
    super();
    this.#seal = new Seal(key);
    this.#bots = mongo.db().collection('bots', { writeConcern: TRUTH });
  }

  /** @throws Unavailable, SecretUnreadable */
  list(): Promise<readonly Bot[]> {
    return reachably(async () => {
      const documents = await this.#bots.find().sort({ _id: 1 }).toArray();
      return documents.map((document) => this.#botOf(document));
    });
  }

  /** @throws Unavailable, SecretUnreadable */
  get(id: string): Promise<Bot | undefined> {
    return reachably(async () => {
      const document = await this.#bots.findOne({ _id: id });
      return document === null ? undefined : this.#botOf(document);
    });
  }

  /** The channel of a bot, without opening its credentials; undefined for an unknown one. @throws Unavailable */
  channelOf(id: string): Promise<Channel | undefined> {
    return reachably(async () => {
      const found = await this.#bots.findOne({ _id: id }, { projection: { channel: 1 } });
      return found?.channel;
    });
  }

  put(bot: Bot): Promise<void> {
    const { id, credentials, ...open } = bot;
    const sealed = new Binary(this.#seal.close(id, JSON.stringify(credentials)));
    const document = { ...open, credentials: sealed };
    const replace = async (): Promise<void> => {
      await this.#bots.replaceOne({ _id: id }, document, { upsert: true });
    };
    return reachably(async () => {
      try {
        await replace();
      } catch (error) {
        // Two first puts of one id at once: the other came first, so now there is something to replace.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
        await replace();
      }
    });
  }

  remove(id: string): Promise<boolean> {
    return reachably(async () => (await this.#bots.deleteOne({ _id: id })).deletedCount > 0);
  }

  #botOf({ _id: id, credentials, ...open }: BotDocument): Bot {
    const text = this.#seal.open(id, credentials.value());
    return { ...open, id, credentials: JSON.parse(text) as Bot['credentials'] };
  }
}
