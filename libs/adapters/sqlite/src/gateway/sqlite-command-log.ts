import type { DatabaseSync } from 'node:sqlite';
import { openGateway } from './gateway-schema.ts';
import { translated } from './translated.ts';

interface Outcome {
  readonly accepted: boolean;
  readonly broadcastId: string;
  readonly revision: number;
  readonly rejection?: { readonly code: string; readonly [field: string]: unknown };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** A command as it is kept, with what became of it as far as that is known. */
export interface KeptCommand {
  readonly id: string;
  readonly tokenId: string;
  readonly fingerprint: string;
  readonly askedAt: string;
  readonly outcome?: Outcome;
  readonly answer?: Answer;
}

interface Row {
  readonly id: string;
  readonly token_id: string;
  readonly fingerprint: string;
  readonly asked_at: string;
  readonly outcome: string | null;
  readonly answer: string | null;
}

const commandOf = (row: Row): KeptCommand => ({
  id: row.id,
  tokenId: row.token_id,
  fingerprint: row.fingerprint,
  askedAt: row.asked_at,
  ...(row.outcome === null ? {} : { outcome: JSON.parse(row.outcome) as Outcome }),
  ...(row.answer === null ? {} : { answer: JSON.parse(row.answer) as Answer }),
});

/** The gateway's CommandLog in SQLite. */
export class SqliteCommandLog {
  readonly #db: DatabaseSync;
  readonly #begin;
  readonly #find;
  readonly #settle;
  readonly #answer;
  readonly #forget;

  /** `path`: a file, which the token store may share, or `:memory:`. */
  constructor({ path }: { readonly path: string }) {
    this.#db = openGateway(path);
    this.#begin = this.#db.prepare(
      'INSERT INTO command (id, token_id, fingerprint, asked_at) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO NOTHING',
    );
    this.#find = this.#db.prepare('SELECT * FROM command WHERE id = ?');
    this.#settle = this.#db.prepare(
      'UPDATE command SET outcome = ?2 WHERE id = ?1 AND outcome IS NULL',
    );
    this.#answer = this.#db.prepare(
      'UPDATE command SET answer = ?2 WHERE id = ?1 AND answer IS NULL',
    );
    this.#forget = this.#db.prepare('DELETE FROM command WHERE asked_at < ?');
  }

  /** Keeps the command unless the id is known; gives what is kept. @throws Unavailable */
  async begin(command: KeptCommand): Promise<KeptCommand> {
    const { id, tokenId, fingerprint, askedAt } = command;
    await translated(() => this.#begin.run(id, tokenId, fingerprint, askedAt));
    return (await this.find(id)) ?? command;
  }

  async find(id: string): Promise<KeptCommand | undefined> {
    const row = await translated(() => this.#find.get(id));
    return row && commandOf(row as unknown as Row);
  }

  /** Notes what became of a known command; the first outcome stays. @throws Unavailable */
  async settle(id: string, outcome: Outcome): Promise<void> {
    await translated(() => this.#settle.run(id, JSON.stringify(outcome)));
  }

  /** Notes the answer that was given; the first one stays. @throws Unavailable */
  async answered(id: string, answer: Answer): Promise<void> {
    await translated(() => this.#answer.run(id, JSON.stringify(answer)));
  }

  /** Forgets what was asked before this moment; tells how many. @throws Unavailable */
  async forget(before: string): Promise<number> {
    return Number((await translated(() => this.#forget.run(before))).changes);
  }

  close(): Promise<void> {
    if (this.#db.isOpen) this.#db.close();
    return Promise.resolve();
  }
}
