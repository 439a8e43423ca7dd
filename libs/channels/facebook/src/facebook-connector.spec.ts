import { describeConnector } from '@crier/connector/testing';
import { facebookFacts } from './testing/facebook-facts.ts';

describeConnector('Messenger', facebookFacts);
