import { IN_MEMORY, openForReading } from '../database.ts';
import { InlineWriter } from '../writing/inline-writer.ts';
import { WorkerWriter } from '../writing/worker-writer.ts';
import type { Writer } from '../writing/writer.ts';
import type { AppendRequest, AppendResult } from './append-request.ts';
import { CommitChannel } from './commit-channel.ts';
import { EventLedger } from './event-ledger.ts';
import { EventReader } from './event-reader.ts';

/** `worker`: the URL of `event-writer.worker`. */
export type EventWriting = 'inline' | 'none' | { readonly worker: URL };

export interface EventStoreParts {
  readonly channel: CommitChannel;
  readonly reader: EventReader;
  readonly writer: Writer<AppendRequest, AppendResult> | undefined;
  /** Ends all reading; before the writer closes, so that it is the last and leaves a tidy file. */
  readonly disconnect: () => void;
}

/** The connections and the writer that a store of this kind needs. Throws what SQLite throws. */
export const openParts = async (path: string, writing: EventWriting): Promise<EventStoreParts> => {
  const channel = new CommitChannel(path);
  try {
    if (path === IN_MEMORY) return inMemory(channel);
    const writer = await openWriter(path, writing, channel);
    const db = openForReading(path);
    const disconnect = (): void => {
      channel.close();
      db.close();
    };
    return { channel, reader: new EventReader(db), writer, disconnect };
  } catch (error) {
    channel.close();
    throw error;
  }
};

const inMemory = (channel: CommitChannel): EventStoreParts => {
  const ledger = EventLedger.open(IN_MEMORY, channel);
  const disconnect = (): void => {
    channel.close();
  };
  const writer = new InlineWriter(ledger);
  return { channel, reader: new EventReader(ledger.db), writer, disconnect };
};

const openWriter = async (path: string, writing: EventWriting, channel: CommitChannel) => {
  if (writing === 'none') return undefined;
  if (writing === 'inline') return new InlineWriter(EventLedger.open(path, channel));
  const writer = new WorkerWriter<AppendRequest, AppendResult>(writing.worker, { path });
  await writer.start();
  return writer;
};
