import type {
  BotRegistry,
  ContactDirectory,
  ContactImport,
  ImportStore,
  MediaStore,
} from '@crier/audience';
import type { Clock, EventStore, Log, MessageBus } from '@crier/kernel';
import type { ReadModels } from '@crier/statistics';
import type { Registry } from 'prom-client';
import type { BotConnector } from './ports/bot-connector.ts';
import type { CommandLog } from './ports/command-log.ts';
import type { ContentChecker } from './ports/content-checker.ts';
import type { Maintenance } from './ports/maintenance.ts';
import type { Previewer } from './ports/previewer.ts';
import type { TokenStore } from './ports/token-store.ts';

export interface GatewayConfig {
  /** Where people and messengers reach this gateway, without a slash at the end: in addresses of media. */
  readonly publicUrl: string;
  /** What refs in links are signed with; the same as the dispatchers'. */
  readonly refSecret: string;
  /** The highest speed of a broadcast, in messages per second. */
  readonly speedCeiling: number;
  /** Bytes of a JSON body at most. @default 1,000,000 */
  readonly bodyLimit?: number;
  /** Bytes of an uploaded file at most. @default 50 MB */
  readonly mediaLimit?: number;
  /** Requests per second of one token at most. @default 100 */
  readonly requestsPerSecond?: number;
  /** Live streams at most, of all clients together. @default 200 */
  readonly streams?: number;
  /** How long a request waits for its command before it answers 202. @default 5,000 */
  readonly commandWaitMs?: number;
  /** A reverse proxy stands before it, whose word about callers' addresses counts. @default false */
  readonly trustProxy?: boolean;
  /** The folder of the built console; a sentence is served instead where absent. */
  readonly consoleFolder?: string;
  /** An admin token that is valid as long as the configuration names it. */
  readonly adminToken?: string;
}

/** Everything the gateway works with. */
export interface GatewayDeps {
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly directory: ContactDirectory;
  readonly bots: BotRegistry;
  readonly media: MediaStore;
  readonly readModels: ReadModels;
  readonly imports: {
    readonly store: ImportStore;
    readonly runner: ContactImport;
    /** A folder for uploads on their way into an import; made if it is missing. */
    readonly spool: string;
  };
  readonly tokens: TokenStore;
  readonly commandLog: CommandLog;
  readonly checker: ContentChecker;
  readonly connector: BotConnector;
  readonly previewer: Previewer;
  readonly maintenance: Maintenance;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly config: GatewayConfig;
}
