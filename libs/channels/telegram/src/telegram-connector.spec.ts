import { describeConnector } from '@crier/connector/testing';
import { telegramFacts } from './testing/telegram-facts.ts';

describeConnector('Telegram', telegramFacts);
