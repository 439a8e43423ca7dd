import type { Log } from '@crier/kernel';
import { logLevel, type logCreator } from 'kafkajs';

/** What the client may say of itself; everything else it adds could be an address, a secret or a payload. */
const FACTS = ['groupId', 'topic', 'partition', 'retryCount', 'error'] as const;

/**
 * The client's own words on our log. What it calls errors and warnings is either handled by the adapter, which then says so itself,
 * or an everyday event (a rebalance, a broker that restarts): nothing of it rises above `debug`.
 */
export const kafkaLog =
  (log: Log): logCreator =>
  () =>
  ({ namespace, level, log: entry }) => {
    if (level > logLevel.WARN) return;
    const known = FACTS.filter((fact) => ['string', 'number'].includes(typeof entry[fact]));
    const facts = known.map((fact) => [fact, String(entry[fact])] as const);
    const text = entry.message.split('\n')[0] ?? '';
    log.debug('kafka client', { namespace, text, ...Object.fromEntries(facts) });
  };
