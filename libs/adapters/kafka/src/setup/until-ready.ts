import { Unavailable, type Clock } from '@crier/kernel';
import type { Desk } from '../link/desk.ts';

const LOOK_EVERY_MS = 50;
const READY_WITHIN_MS = 15_000;

/**
 * Waits until every partition of a topic is served: of a new one the brokers learn one after another, and a leader is named before
 * it knows that it is one. Resolves to the number of partitions. @throws Unavailable  it is not within 15 s
 */
export const untilReady = async (desk: Desk, topic: string, clock: Clock): Promise<number> => {
  const deadlineMs = clock.monotonicMs() + READY_WITHIN_MS;
  for (;;)
    try {
      return await served(desk, topic);
    } catch (error) {
      if (clock.monotonicMs() > deadlineMs) throw error;
      await clock.sleep(LOOK_EVERY_MS);
    }
};

const served = (desk: Desk, topic: string): Promise<number> =>
  desk.ask(async (link) => {
    const leaders = await link.leaders(topic);
    await Promise.all(leaders.map((_, partition) => link.end(topic, partition)));
    if (leaders.length === 0) throw new Unavailable('Topic not ready', { topic });
    return leaders.length;
  });
