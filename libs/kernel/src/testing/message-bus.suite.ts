import { afterAll, beforeAll, describe } from '@jest/globals';
import type { MessageBus } from '../message-bus.ts';
import { busLivingSuite } from './message-bus.living.suite.ts';
import { logSuite } from './message-bus.log.suite.ts';
import { ownershipSuite } from './message-bus.ownership.suite.ts';
import { tableSuite } from './message-bus.table.suite.ts';
import type { Opened } from './opened.ts';

/** What a suite's tests reach their bus through: it exists only when they run. */
export type BusInHand = () => MessageBus;

/** What every bus promises. Topics whose name begins with `lanes.` must be tables, all others logs. */
export const describeMessageBus = (
  adapter: string,
  open: () => Promise<Opened<MessageBus>>,
): void => {
  describe(`MessageBus: ${adapter}`, () => {
    let opened: Opened<MessageBus>;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());

    logSuite(() => opened.port);
    tableSuite(() => opened.port);
    ownershipSuite(() => opened.port);
    busLivingSuite(open);
  });
};
