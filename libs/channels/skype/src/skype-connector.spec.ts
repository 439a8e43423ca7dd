import { afterAll } from '@jest/globals';
import { describeConnector } from '@crier/connector/testing';
import { openMicrosoft } from './testing/microsoft.ts';
import { skypeFacts } from './testing/skype-facts.ts';

const microsoft = await openMicrosoft();
afterAll(() => microsoft.close());

describeConnector('Skype', skypeFacts(microsoft));
