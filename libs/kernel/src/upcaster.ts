import { UnknownSchemaVersion } from './errors.ts';
import type { StoredEvent } from './recorded.ts';

/** From version n to n + 1. */
export type Step = (data: unknown) => unknown;

/** For each event type the steps from version 1 on; a type without steps is at version 1. */
export type Steps = Readonly<Record<string, readonly Step[]>>;

/** Lifts a stored event to its newest shape, one version at a time. @throws UnknownSchemaVersion */
export const upcaster =
  (steps: Steps) =>
  (stored: StoredEvent): StoredEvent => {
    const chain = steps[stored.type] ?? [];
    const newest = chain.length + 1;
    const found = stored.metadata.schemaVersion;
    if (found < 1 || found > newest)
      throw new UnknownSchemaVersion(`Cannot read ${stored.type} of version ${found}`, {
        type: stored.type,
        found,
        newest,
      });
    if (found === newest) return stored;

    const data = chain.slice(found - 1).reduce((older, step) => step(older), stored.data);
    return { ...stored, data, metadata: { ...stored.metadata, schemaVersion: newest } };
  };
