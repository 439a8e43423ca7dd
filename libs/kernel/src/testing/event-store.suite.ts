import { afterAll, beforeAll, describe } from '@jest/globals';
import type { EventStore } from '../event-store.ts';
import { appendingSuite } from './event-store.appending.suite.ts';
import { livingSuite } from './event-store.living.suite.ts';
import { subscribingSuite } from './event-store.subscribing.suite.ts';
import type { Opened } from './opened.ts';

/** What a suite's tests reach their store through: it exists only when they run. */
export type StoreInHand = () => EventStore;

/** What every event store promises. `open` is called for a fresh store, or for one that others use too. */
export const describeEventStore = (
  adapter: string,
  open: () => Promise<Opened<EventStore>>,
): void => {
  describe(`EventStore: ${adapter}`, () => {
    let opened: Opened<EventStore>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    appendingSuite(() => opened.port);
    subscribingSuite(() => opened.port);
    livingSuite(open);
  });
};
