import { setTimeout as delay } from 'node:timers/promises';
import { derivedId, freshId } from '../ids.ts';
import type { Metadata, NewEvent } from '../recorded.ts';

const DEADLINE_MS = 8_000;
const LOOK_EVERY_MS = 5;

/** Resolves when `holds` does; fails by name when it does not within 8 s. */
export const eventually = async (what: string, holds: () => boolean): Promise<void> => {
  const deadline = performance.now() + DEADLINE_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain until ${what}`);
    await delay(LOOK_EVERY_MS);
  }
};

/** A name that no other test uses. */
export const freshName = (kind: string): string => `${kind}-${freshId()}`;

/** Metadata with fixed values. */
export const someMetadata: Metadata = {
  schemaVersion: 1,
  correlationId: derivedId('a correlation'),
  causationId: derivedId('a cause'),
  actor: 'test',
  recordedAt: '2026-03-01T10:00:00.000Z',
};

/** An event with a fresh id. */
export const someEvent = (data: unknown, type = 'SomethingHappened'): NewEvent => ({
  id: freshId(),
  type,
  data,
  metadata: someMetadata,
});
