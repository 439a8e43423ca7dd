// The entry of the thread that writes a message bus's file. Its URL is given to SqliteMessageBus.open.
import { MessageLedger } from './messages/message-ledger.ts';
import { serveWriter } from './writing/serve-writer.ts';

serveWriter(({ path }) => MessageLedger.open(path));
