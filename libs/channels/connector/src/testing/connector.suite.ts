import { describe } from '@jest/globals';
import type { ConnectorFacts } from './connector-facts.ts';
import { contentSuite } from './content.suite.ts';
import { sendingSuite } from './sending.suite.ts';
import { webhookSuite } from './webhook.suite.ts';

/** What every connector promises, asked with the facts of one channel. */
export const describeConnector = (channel: string, facts: ConnectorFacts): void => {
  describe(`Connector: ${channel}`, () => {
    contentSuite(facts);
    sendingSuite(facts);
    webhookSuite(facts);
  });
};
