import { setTimeout as delay } from 'node:timers/promises';
import { Unavailable } from '../errors.ts';
import type { BatchHandler, IncomingMessage } from '../message-bus.ts';
import type { MessageBusHostility } from './hostile-message-bus.ts';
import type { Random } from './random.ts';

const REMEMBERED = 20;

/** A handler that gets what a real bus may give: repeats, other orders of different keys, batches again. */
export const hostileHandler = (
  onBatch: BatchHandler,
  hostility: MessageBusHostility,
  random: Random,
): BatchHandler => {
  const recent = new Map<string, readonly IncomingMessage[]>();
  const happens = (chance = 0): boolean => random() < chance;

  return async (messages) => {
    const place = messages.map(({ topic, partition }) => `${partition} ${topic}`)[0] ?? '';
    const before = recent.get(place) ?? [];
    const repeated = happens(hostility.duplicated)
      ? before.slice(Math.floor(random() * before.length))
      : [];
    const given = [...repeated, ...messages];
    await delay(random() * (hostility.delayMs ?? 0));
    await onBatch(happens(hostility.reordered) ? shuffledAcrossKeys(given, random) : given);
    recent.set(place, remembered(before, messages));
    if (happens(hostility.redelivered)) throw new Unavailable('Acknowledgement lost');
  };
};

/** What was given lately, each message once, oldest first. */
const remembered = (before: readonly IncomingMessage[], messages: readonly IncomingMessage[]) => {
  const first = BigInt(messages[0]?.offset ?? 0);
  const earlier = before.filter(({ offset }) => BigInt(offset) < first);
  return [...earlier, ...messages].slice(-REMEMBERED);
};

/** Every key keeps its own order; which key comes next is drawn by lot. */
const shuffledAcrossKeys = (
  messages: readonly IncomingMessage[],
  random: Random,
): readonly IncomingMessage[] => {
  const queues = new Map<string, IncomingMessage[]>();
  for (const message of messages) {
    const queue = queues.get(message.key) ?? [];
    queue.push(message);
    queues.set(message.key, queue);
  }
  const shuffled: IncomingMessage[] = [];
  while (shuffled.length < messages.length) {
    const open = [...queues.values()].filter((queue) => queue.length > 0);
    const next = open[Math.floor(random() * open.length)]?.shift();
    if (next) shuffled.push(next);
  }
  return shuffled;
};
