import type { Collection, Db } from 'mongodb';
import { reachably, TRUTH } from '../connection.ts';
import { insertedFirst } from '../inserted-first.ts';

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

interface StoredCommand extends Omit<KeptCommand, 'id' | 'outcome' | 'answer'> {
  readonly _id: string;
  /** JSON, as the answer: their fields are other people's. */
  readonly outcome?: string;
  readonly answer?: string;
}

const commandOf = ({ _id, outcome, answer, ...asked }: StoredCommand): KeptCommand => ({
  id: _id,
  ...asked,
  ...(outcome === undefined ? {} : { outcome: JSON.parse(outcome) as Outcome }),
  ...(answer === undefined ? {} : { answer: JSON.parse(answer) as Answer }),
});

/** The gateway's CommandLog in MongoDB. */
export class MongoCommandLog {
  readonly #commands: Collection<StoredCommand>;

  private constructor(db: Db) {
    this.#commands = db.collection<StoredCommand>('commands', {
      writeConcern: TRUTH,
      readPreference: 'primary',
    });
  }

  /** @throws Unavailable */
  static open(db: Db): Promise<MongoCommandLog> {
    const log = new MongoCommandLog(db);
    return reachably(async () => {
      // What is to be forgotten.
      await log.#commands.createIndexes([{ key: { askedAt: 1 } }]);
      return log;
    });
  }

  /** Keeps the command unless the id is known; gives what is kept. @throws Unavailable */
  begin(command: KeptCommand): Promise<KeptCommand> {
    const { id, tokenId, fingerprint, askedAt } = command;
    return reachably(async () => {
      const first = await insertedFirst(() =>
        this.#commands.insertOne({ _id: id, tokenId, fingerprint, askedAt }),
      );
      return (first ? undefined : await this.find(id)) ?? command;
    });
  }

  find(id: string): Promise<KeptCommand | undefined> {
    return reachably(async () => {
      const found = await this.#commands.findOne({ _id: id });
      return found ? commandOf(found) : undefined;
    });
  }

  /** Notes what became of a known command; the first outcome stays. @throws Unavailable */
  settle(id: string, outcome: Outcome): Promise<void> {
    return reachably(async () => {
      await this.#commands.updateOne(
        { _id: id, outcome: { $exists: false } },
        { $set: { outcome: JSON.stringify(outcome) } },
      );
    });
  }

  /** Notes the answer that was given; the first one stays. @throws Unavailable */
  answered(id: string, answer: Answer): Promise<void> {
    return reachably(async () => {
      await this.#commands.updateOne(
        { _id: id, answer: { $exists: false } },
        { $set: { answer: JSON.stringify(answer) } },
      );
    });
  }

  /** Forgets what was asked before this moment; tells how many. @throws Unavailable */
  forget(before: string): Promise<number> {
    return reachably(async () => {
      const { deletedCount } = await this.#commands.deleteMany({ askedAt: { $lt: before } });
      return deletedCount;
    });
  }
}
