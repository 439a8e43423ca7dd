import { SilentLog, SystemClock, type EventStore } from '@crier/kernel';
import { eventually, type Opened } from '@crier/kernel/testing';
import type { BroadcastReport, RecipientRow } from '../application/documents.ts';
import type { ProjectorDeps } from '../application/generation-run.ts';
import { Projector } from '../application/projector.ts';
import type { ReadModelWriter } from '../application/read-model-writer.ts';
import type { ReadModels } from '../application/read-models.ts';

/** Both sides of the read models, empty, and an empty event store to fold from. */
export interface OpenedReadModels {
  readonly store: EventStore;
  readonly models: ReadModels;
  readonly writer: ReadModelWriter;
}
export type OpenReadModels = () => Promise<Opened<OpenedReadModels>>;

/** Waits a tenth of what it is asked for. */
class HastyClock extends SystemClock {
  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return super.sleep(ms / 10, signal);
  }
}

export const depsOf = ({ store, writer }: OpenedReadModels): ProjectorDeps => ({
  store,
  writer,
  clock: new HastyClock(),
  log: new SilentLog(),
  lingerMs: 1,
});

/** A projector that has started. */
export const startedOn = async (opened: OpenedReadModels): Promise<Projector> => {
  const projector = new Projector(depsOf(opened));
  await projector.start();
  return projector;
};

/** Resolves when everything stored is folded. */
export const caughtUp = async (projector: Projector, store: EventStore): Promise<void> => {
  const head = await store.head();
  await eventually('the read models have caught up', () => {
    const { serving } = projector.status();
    return serving?.caughtUp === true && serving.position === (head ?? '0');
  });
};

/** Folds all that is stored, and stops. */
export const foldAll = async (opened: OpenedReadModels): Promise<void> => {
  const projector = await startedOn(opened);
  await caughtUp(projector, opened.store);
  await projector.stop();
};

/** Everything that can be read. */
export const everything = async (models: ReadModels) => {
  const { items } = await models.list({ sort: 'createdAt', descending: false, limit: 1_000 });
  const reports: (BroadcastReport | undefined)[] = [];
  const recipients: RecipientRow[] = [];
  for (const { id } of items) {
    reports.push(await models.report(id));
    recipients.push(...(await models.recipients(id, { limit: 10_000 })).items);
  }
  return { items, reports, recipients };
};
