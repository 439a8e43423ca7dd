import { Pool } from 'undici';
import { requestsOf, type BatchChannel } from './batch-channels.ts';

const CONNECTIONS = 50;

/**
 * The yardstick: the same calls, as full as they can be, to the same sandbox, by a loop that keeps no record and waits for no
 * pace. Gives recipients per second.
 */
export const bareBatchLoop = async (
  sandboxUrl: string,
  channel: BatchChannel,
  count: number,
): Promise<number> => {
  const pool = new Pool(sandboxUrl, { connections: CONNECTIONS, pipelining: 1 });
  const requests = requestsOf(channel, count).values();
  const worker = async (): Promise<void> => {
    for (const request of requests) {
      const answer = await pool.request({ method: 'POST', ...request });
      JSON.parse(await answer.body.text());
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const seconds = (performance.now() - start) / 1_000;
  await pool.close();
  return count / seconds;
};
