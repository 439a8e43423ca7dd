import { describeConnector } from '@crier/connector/testing';
import { viberFacts } from './testing/viber-facts.ts';

describeConnector('Viber', viberFacts);
