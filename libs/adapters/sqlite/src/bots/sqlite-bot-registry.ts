import { BotRegistry, Seal, type Bot } from '@crier/audience';
import type { Channel } from '@crier/contracts';
import type { DatabaseSync } from 'node:sqlite';
import { answered, unavailable } from '../contacts/transactions.ts';
import { openForWriting } from '../database.ts';

export interface SqliteBotRegistryOptions {
  /** A file of its own, or `:memory:`. */
  readonly path: string;
  /** 32 bytes; whoever has them and the file has the bots' credentials. */
  readonly key: Uint8Array;
}

const SCHEMA = `CREATE TABLE IF NOT EXISTS bot (
  id TEXT PRIMARY KEY,
  doc TEXT NOT NULL,
  credentials BLOB NOT NULL
) WITHOUT ROWID;`;

interface Row {
  readonly id: string;
  readonly doc: string;
  readonly credentials: Uint8Array;
}

interface Known {
  readonly bots: ReadonlyMap<string, Bot>;
  /** Changes when another connection has written. */
  readonly dataVersion: number;
}

/** Bots in SQLite; credentials are sealed with AES-256-GCM, each for its own bot's id. */
export class SqliteBotRegistry extends BotRegistry {
  readonly #db: DatabaseSync;
  readonly #seal: Seal;
  readonly #version;
  readonly #all;
  readonly #put;
  readonly #remove;
  #known: Known | undefined;

  /** @throws SecretUnreadable if the key is not 32 bytes long */
  constructor({ path, key }: SqliteBotRegistryOptions) {
    super();
    this.#seal = new Seal(key);
    this.#db = openForWriting(path, SCHEMA);
    this.#version = this.#db.prepare('PRAGMA data_version');
    this.#all = this.#db.prepare('SELECT id, doc, credentials FROM bot ORDER BY id');
    this.#put = this.#db.prepare(`INSERT INTO bot (id, doc, credentials) VALUES (?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET doc = excluded.doc, credentials = excluded.credentials`);
    this.#remove = this.#db.prepare('DELETE FROM bot WHERE id = ?');
  }

  /** Cheap: read from the file only after a change. @throws Unavailable, SecretUnreadable */
  list(): Promise<readonly Bot[]> {
    return answered(() => [...this.#bots().values()]);
  }

  get(id: string): Promise<Bot | undefined> {
    return answered(() => this.#bots().get(id));
  }

  /** The channel of a bot, without waiting; undefined for an unknown one. @throws Unavailable, SecretUnreadable */
  channelOf(id: string): Channel | undefined {
    return this.#bots().get(id)?.channel;
  }

  put(bot: Bot): Promise<void> {
    const { id, credentials, ...doc } = bot;
    return this.#change(() => {
      this.#put.run(id, JSON.stringify(doc), this.#seal.close(id, JSON.stringify(credentials)));
    });
  }

  remove(id: string): Promise<boolean> {
    return this.#change(() => this.#remove.run(id).changes > 0);
  }

  close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }

  #change<Value>(work: () => Value): Promise<Value> {
    this.#known = undefined;
    return answered(() => translated(work));
  }

  #bots(): ReadonlyMap<string, Bot> {
    return translated(() => {
      const { data_version: dataVersion } = this.#version.get() as { data_version: number };
      if (this.#known?.dataVersion === dataVersion) return this.#known.bots;
      const rows = this.#all.all() as unknown as readonly Row[];
      const bots = new Map(rows.map((row) => [row.id, this.#botOf(row)]));
      this.#known = { bots, dataVersion };
      return bots;
    });
  }

  #botOf({ id, doc, credentials }: Row): Bot {
    const open = JSON.parse(doc) as Omit<Bot, 'id' | 'credentials'>;
    const secret = JSON.parse(this.#seal.open(id, credentials)) as Bot['credentials'];
    return { ...open, id, credentials: secret };
  }
}

const translated = <Value>(work: () => Value): Value => {
  try {
    return work();
  } catch (error) {
    throw unavailable(error);
  }
};
