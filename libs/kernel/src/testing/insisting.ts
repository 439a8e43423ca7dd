import { setTimeout as delay } from 'node:timers/promises';
import { AppendOutcomeUnknown, Unavailable } from '../errors.ts';
import type { Appended, EventStore } from '../event-store.ts';
import type { MessageBus, OutgoingMessage } from '../message-bus.ts';
import type { NewEvent, Revision } from '../recorded.ts';

const PAUSE_MS = 2;

/** What the ports ask of their callers: repeat, word for word, what was not or may not have been stored. */
const insisting = async <T>(act: () => Promise<T>): Promise<T> => {
  for (;;)
    try {
      return await act();
    } catch (error) {
      const again = error instanceof AppendOutcomeUnknown || error instanceof Unavailable;
      if (!again) throw error;
      await delay(PAUSE_MS);
    }
};

/** Appends, repeating word for word until the store says yes or conflict. */
export const appendSurely = (
  store: EventStore,
  stream: string,
  expected: Revision,
  events: readonly NewEvent[],
): Promise<Appended> => insisting(() => store.append(stream, expected, events));

/** Publishes, repeating until the bus has it; the first tries may have been stored too. */
export const publishSurely = (
  bus: MessageBus,
  messages: readonly OutgoingMessage[],
): Promise<void> => insisting(() => bus.publish(messages));
