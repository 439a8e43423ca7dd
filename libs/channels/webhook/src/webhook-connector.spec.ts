import { describeConnector } from '@crier/connector/testing';
import { webhookFacts } from './testing/webhook-facts.ts';

describeConnector('Webhook', webhookFacts);
