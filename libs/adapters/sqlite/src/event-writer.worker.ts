// The entry of the thread that writes an event store's file. Its URL is given to SqliteEventStore.open.
import { CommitChannel } from './events/commit-channel.ts';
import { EventLedger } from './events/event-ledger.ts';
import { serveWriter } from './writing/serve-writer.ts';

serveWriter(({ path }) => EventLedger.open(path, new CommitChannel(path)));
