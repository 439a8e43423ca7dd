import {
  Unavailable,
  type Log,
  type Position,
  type SubscribeOptions,
  type SubscriptionBatch,
} from '@crier/kernel';
import type { EventStoreDBClient } from '@eventstore/db-client';
import { setTimeout as delay } from 'node:timers/promises';
import { readErrorOf } from './errors.ts';
import { LiveSubscription } from './live-subscription.ts';
import { BEGINNING } from './stored-event.ts';

export interface FollowDeps {
  readonly client: EventStoreDBClient;
  readonly log: Log;
  /** Of the whole order, now. */
  readonly head: () => Promise<Position | undefined>;
  /** The adapter was closed. */
  readonly closed: AbortSignal;
}

const FIRST_BACKOFF_MS = 100;
const LAST_BACKOFF_MS = 2_000;

/**
 * A subscription that outlives the server's absence: the client's own ends with the first error, so it is begun anew after the
 * last position that was given on.
 */
export async function* follow(
  { client, log, head, closed }: FollowDeps,
  options: SubscribeOptions,
): AsyncGenerator<SubscriptionBatch> {
  const ended = AbortSignal.any([options.signal, closed]);
  let position: Position = options.after ?? BEGINNING;
  let backoffMs = FIRST_BACKOFF_MS;
  while (!ended.aborted) {
    let subscription: LiveSubscription | undefined;
    try {
      // What stands before the subscription begins has been passed when it has caught up, even where nothing matched.
      const passed = await head();
      subscription = new LiveSubscription(client, { ...options, after: position, passed }, ended);
      for (let batch = await subscription.next(); batch; batch = await subscription.next()) {
        yield batch;
        ({ position } = batch);
        backoffMs = FIRST_BACKOFF_MS;
      }
    } catch (error) {
      log.warn('subscription interrupted', { position, error: readErrorOf(error).message });
      await delay(backoffMs, undefined, { signal: ended }).catch(() => undefined);
      backoffMs = Math.min(backoffMs * 2, LAST_BACKOFF_MS);
    } finally {
      await subscription?.close();
    }
  }
  if (closed.aborted && !options.signal.aborted)
    throw new Unavailable('The event store was closed');
}
