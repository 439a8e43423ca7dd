import { Unavailable, type Position } from '@crier/kernel';
import type { Step } from '@crier/statistics';
import type { Collection, Db } from 'mongodb';
import { applyPuts } from './apply-puts.ts';
import { generationsOf, type StoredGeneration } from './catalogue.ts';
import { ensureIndexes } from './indexes.ts';
import type { Put } from './puts.ts';
import { RedoLog } from './redo-log.ts';

/** Where a generation stands, with every document in its place. */
export interface Standing {
  readonly step: number;
  readonly position: Position | null;
  readonly broadcasts: number;
}

/** A step to be taken from a standing. */
export interface NextStep extends Pick<Step, 'position' | 'recordedAt'> {
  readonly puts: readonly Put[];
  /** Broadcasts that are planned after it. */
  readonly broadcasts: number;
}

const MOST_LOOKS = 5;

/**
 * Steps of many documents without a transaction, by many writers: first what the step leaves behind is recorded; then one
 * compare-and-set decides whose step it is; then the documents are put in their places, which whoever comes later repeats
 * from the record before it does anything else.
 */
export class StepLog {
  readonly #db: Db;
  readonly #generation: number;
  readonly #generations: Collection<StoredGeneration>;
  readonly #redo: RedoLog;
  /** Unknown after every doubt. */
  #standing: Standing | undefined;
  #opened = false;

  constructor(db: Db, generation: number) {
    this.#db = db;
    this.#generation = generation;
    this.#generations = generationsOf(db);
    this.#redo = new RedoLog(db);
  }

  /**
   * Where it stands, as far as this writer knows: what is read now and decided by {@link take} belongs together.
   * @throws Unavailable, and what the driver throws
   */
  async standing(): Promise<Standing> {
    this.#standing ??= await this.#settle();
    return this.#standing;
  }

  /** Another writer was there: the next standing is looked up. */
  doubt(): void {
    this.#standing = undefined;
  }

  /** False, and nothing is written, where the generation does not stand there any more. Throws what the driver throws. */
  async take(from: Standing, next: NextStep): Promise<boolean> {
    this.#standing = undefined;
    const step = from.step + 1;
    const { puts } = next;
    if (puts.length === 0) {
      if (!(await this.#decide(from, next, { applied: step, redo: null }))) return false;
    } else {
      const redo = await this.#redo.write(this.#generation, step, puts);
      if (!(await this.#decide(from, next, { redo }))) {
        await this.#redo.remove(redo);
        return false;
      }
      await applyPuts({ db: this.#db, generation: this.#generation, step }, puts);
      await this.#markApplied(step);
      await this.#redo.tidy(this.#generation, step);
    }
    this.#standing = { step, position: next.position, broadcasts: next.broadcasts };
    return true;
  }

  async #decide(
    { step, position }: Standing,
    next: NextStep,
    what: Pick<StoredGeneration, 'redo'> & { readonly applied?: number },
  ): Promise<boolean> {
    const { matchedCount } = await this.#generations.updateOne(
      { _id: this.#generation, step, applied: step, position },
      {
        $set: {
          step: step + 1,
          position: next.position,
          recordedAt: next.recordedAt ?? null,
          broadcasts: next.broadcasts,
          ...what,
        },
      },
    );
    return matchedCount === 1;
  }

  async #markApplied(step: number): Promise<void> {
    await this.#generations.updateOne(
      { _id: this.#generation, applied: { $lt: step } },
      { $set: { applied: step } },
    );
  }

  /** Finishes what another writer, or this one before a doubt, decided but may not have put in its places. */
  async #settle(): Promise<Standing> {
    if (!this.#opened) await ensureIndexes(this.#db, this.#generation);
    this.#opened = true;
    for (let look = 0; look < MOST_LOOKS; look += 1) {
      const stored = await this.#stored();
      if (stored.applied < stored.step) {
        // Where a chunk is missing another has applied it all in the meantime: the next look shows it.
        if (!(await this.#applyAgain(stored))) continue;
        await this.#markApplied(stored.step);
      }
      await this.#redo.tidy(this.#generation, stored.step);
      const { step, position, broadcasts } = stored;
      return { step, position, broadcasts };
    }
    throw new Unavailable('The record of a step of the read models is missing', {
      generation: this.#generation,
    });
  }

  async #stored(): Promise<StoredGeneration> {
    const stored = await this.#generations.findOne({ _id: this.#generation });
    if (stored) return stored;
    throw new Unavailable('These read models were dropped', { generation: this.#generation });
  }

  async #applyAgain({ step, redo }: StoredGeneration): Promise<boolean> {
    if (!redo) return false;
    for await (const puts of this.#redo.read(redo)) {
      if (!puts) return false;
      await applyPuts({ db: this.#db, generation: this.#generation, step }, puts);
    }
    return true;
  }
}
