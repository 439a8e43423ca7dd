import { TelegramConnector } from '@crier/channel-telegram';
import { signRef } from '@crier/contracts';
import { freshId } from '@crier/kernel';
import { Pool } from 'undici';
import { MESSAGE } from './world.ts';

const CONNECTIONS = 50;
const TARGETS = 2_000;

/** Bodies as the product sends them, for a couple of thousand people. */
const bodies = (): readonly string[] => {
  const compiled = new TelegramConnector({ version: 'bench' }).compile(MESSAGE.elements, {});
  const broadcastId = freshId();
  return Array.from({ length: TARGETS }, (_none, index) => {
    const refOf = (button: number): string =>
      signRef('bench', { broadcastId, lane: 0, index, button, contentRevision: 1 });
    const [part] = compiled.render({
      address: String(10_000_000 + index),
      variables: { first_name: 'Anna', city: 'Berlin' },
      refOf,
      linkOf: (button) => `http://127.0.0.1:8080/r/${refOf(button)}`,
      keyOf: () => 1,
    });
    return part?.body ?? '';
  });
};

/** The yardstick: the same bodies to the same sandbox, by a loop that keeps no record. Gives messages per second. */
export const bareLoop = async (sandboxUrl: string, count: number): Promise<number> => {
  const pool = new Pool(sandboxUrl, { connections: CONNECTIONS, pipelining: 1 });
  const ready = bodies();
  const headers = { 'content-type': 'application/json' };
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const body = ready[next % ready.length] ?? '';
      next += 1;
      const answer = await pool.request({
        method: 'POST',
        path: '/bot9:bare/sendMessage',
        headers,
        body,
      });
      JSON.parse(await answer.body.text());
    }
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  const seconds = (performance.now() - start) / 1_000;
  await pool.close();
  return count / seconds;
};
