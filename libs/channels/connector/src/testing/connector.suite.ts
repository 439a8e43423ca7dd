import { describe } from '@jest/globals';
import { batchSuite } from './batch.suite.ts';
import { callsSuite } from './calls.suite.ts';
import { connectingSuite } from './connecting.suite.ts';
import type { ConnectorFacts } from './connector-facts.ts';
import { contentSuite } from './content.suite.ts';
import { limitsSuite } from './limits.suite.ts';
import { sendingSuite } from './sending.suite.ts';
import { stageFor } from './stage.ts';
import { webhookSuite } from './webhook.suite.ts';

/** What every connector promises, asked with the facts of one channel; the sandbox stands in for the messenger. */
export const describeConnector = (channel: string, facts: ConnectorFacts): void => {
  describe(`Connector: ${channel}`, () => {
    contentSuite(facts);
    webhookSuite(facts);
    describe('in the sandbox', () => {
      const stage = stageFor(facts);
      limitsSuite(stage);
      sendingSuite(stage);
      batchSuite(stage);
      callsSuite(stage);
      // Last: a messenger may call every webhook that it was ever told of.
      connectingSuite(stage);
    });
  });
};
