import { describeConnector } from '@crier/connector/testing';
import { vkFacts } from './testing/vk-facts.ts';

describeConnector('VK', vkFacts);
