import { describeMessageBus } from '@crier/kernel/testing';
import { withServer } from '../../../../tools/integration.ts';
import { openTestBus } from '../test/test-bus.ts';

withServer('kafka', (address) => {
  describeMessageBus('Kafka', () => openTestBus(address));
});
