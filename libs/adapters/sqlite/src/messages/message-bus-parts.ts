import { IN_MEMORY, openForReading } from '../database.ts';
import { InlineWriter } from '../writing/inline-writer.ts';
import { WorkerWriter } from '../writing/worker-writer.ts';
import type { Writer } from '../writing/writer.ts';
import { MessageLedger } from './message-ledger.ts';
import { MessageReader } from './message-reader.ts';
import type { MessageRequest } from './message-request.ts';

/** `worker`: the URL of `message-writer.worker`. */
export type MessageWriting = 'inline' | { readonly worker: URL };

export interface MessageBusParts {
  readonly reader: MessageReader;
  readonly writer: Writer<MessageRequest, null>;
  /** Ends all reading; before the writer closes, so that it is the last and leaves a tidy file. */
  readonly disconnect: () => void;
}

/** The connections and the writer that a bus of this kind needs. Throws what SQLite throws. */
export const openParts = async (
  path: string,
  writing: MessageWriting,
): Promise<MessageBusParts> => {
  if (path === IN_MEMORY) {
    const ledger = MessageLedger.open(path);
    const writer = new InlineWriter(ledger);
    return { writer, reader: new MessageReader(ledger.db), disconnect: () => undefined };
  }
  const writer = await openWriter(path, writing);
  const db = openForReading(path);
  const disconnect = (): void => {
    db.close();
  };
  return { writer, reader: new MessageReader(db), disconnect };
};

const openWriter = async (path: string, writing: MessageWriting) => {
  if (writing === 'inline') return new InlineWriter(MessageLedger.open(path));
  const writer = new WorkerWriter<MessageRequest, null>(writing.worker, { path });
  await writer.start();
  return writer;
};
