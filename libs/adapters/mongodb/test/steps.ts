import type { Position, StoredEvent } from '@crier/kernel';
import { ReadModelFold, type GenerationTables } from '@crier/statistics';
import type { Db } from 'mongodb';

/** One writer's work: events in slices of equal size, each slice a step. */
export class Steps {
  readonly #events: readonly StoredEvent[];
  readonly #size: number;

  constructor(events: readonly StoredEvent[], steps: number) {
    this.#events = events;
    this.#size = Math.ceil(events.length / steps);
  }

  /** Takes the step that follows a position; what the commit said. */
  async take(tables: GenerationTables, after: Position | undefined): Promise<boolean> {
    const from = this.#events.findIndex(({ position }) => position === after) + 1;
    const events = this.#events.slice(from, from + this.#size);
    const fold = new ReadModelFold(tables);
    for (const event of events) await fold.fold(event);
    const last = events.at(-1)!;
    const { position, metadata } = last;
    const { recordedAt } = metadata;
    return tables.commit({ after, position, recordedAt, changes: fold.changes() });
  }

  isDone(position: Position | undefined): boolean {
    return this.#events.at(-1)?.position === position;
  }
}

/** Everything that is stored of a generation, in order of its ids. */
export const stored = async (db: Db, generation: number): Promise<unknown> => {
  const names = ['mailings', 'rows', 'hours', 'audiences', 'places', 'pages'];
  const kinds = await Promise.all(
    names.map((name) => db.collection(`${name}_${generation}`).find().sort({ _id: 1 }).toArray()),
  );
  const standing = await db.collection('generations').findOne({ _id: generation as never });
  const unfinished = await db.collection('generation_steps').countDocuments({ generation });
  return { kinds, standing: { ...standing, _id: undefined, redo: undefined }, unfinished };
};
