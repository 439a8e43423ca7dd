import type { Clock, Log, Subscription, TailOptions } from '@crier/kernel';
import type { Desk } from '../link/desk.ts';
import type { OpenLink } from '../link/link.ts';
import { Feed } from './feed.ts';
import { Reader } from './reader.ts';

export interface TailParts {
  readonly open: OpenLink;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reads all partitions of a log from where they end now, without a group. @throws Unavailable  the ends cannot be learned */
export const openTail = async (
  { topic, onBatch }: TailOptions,
  partitions: number,
  { open, desk, clock, log }: TailParts,
): Promise<Subscription> => {
  const all = Array.from({ length: partitions }, (_, partition) => partition);
  const ends = await desk.ask((link) =>
    Promise.all(all.map((partition) => link.end(topic, partition))),
  );
  const reader = new Reader(open, [topic], clock, log);
  const feeds = ends.map(
    (from, partition) =>
      new Feed({
        ...{ topic, partition, from, onBatch, clock, log },
        trusted: () => true,
        onDone: () => undefined,
        onHungry: () => {
          reader.look();
        },
      }),
  );
  for (const feed of feeds) reader.add(feed);
  return {
    close: async () => {
      await Promise.all(feeds.map((feed) => feed.stop()));
      await reader.close();
    },
  };
};
