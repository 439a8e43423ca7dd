import {
  ContactDirectory,
  type AskedAudience,
  type AudienceCount,
  type ContactChange,
  type Page,
  type RecipientCard,
  type RoutingTable,
  type ScanPage,
  type Upserted,
} from '@crier/audience';
import type { Channel, ConnectionStatus, Contact } from '@crier/contracts';
import type { Clock, Instant } from '@crier/kernel';
import { DirectoryThread } from './directory-thread.ts';
import { SqliteContactDirectory } from './sqlite-contact-directory.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface WorkerContactDirectoryOptions {
  /** A file of its own; memory cannot be shared between threads. */
  readonly path: string;
  readonly clock: Clock;
  /** The channel of a registered bot; undefined for an unknown one. */
  readonly channelOf: (botId: string) => Channel | undefined;
  /** The module `directory.worker`, as source or as built. */
  readonly worker: URL;
}

const FEW_CHANGES = 50;
const EXPORT_PAGE = 500;

/**
 * Contacts in SQLite whose heavy questions (count, list, scan, export, vocabulary), large writes and upkeep run in a thread of
 * their own; what concerns single people is done at once. The calling thread is never held up for longer than a small commit.
 */
export class WorkerContactDirectory extends ContactDirectory {
  readonly #near: SqliteContactDirectory;
  readonly #far: DirectoryThread;
  readonly #options: WorkerContactDirectoryOptions;

  constructor(options: WorkerContactDirectoryOptions) {
    super();
    const { path, clock, channelOf } = options;
    this.#options = options;
    this.#far = new DirectoryThread(options.worker, { path });
    this.#near = new SqliteContactDirectory({
      path,
      clock,
      channelOf,
      onFoldDue: () => {
        // A fold that fails leaves answers right, only slower; the next one makes up for it.
        this.fold().catch(() => undefined);
      },
    });
  }

  upsert(changes: readonly ContactChange[]): Promise<readonly Upserted[]> {
    if (changes.length <= FEW_CHANGES) return this.#near.upsert(changes);
    const now = this.#options.clock.now();
    return this.#far.ask('upsert', { now, channels: this.#channelsIn(changes) }, changes);
  }

  get(id: string): Promise<Contact | undefined> {
    return this.#near.get(id);
  }

  findByAddress(botId: string, address: string): Promise<Contact | undefined> {
    return this.#near.findByAddress(botId, address);
  }

  erase(id: string): Promise<boolean> {
    return this.#near.erase(id);
  }

  count(audience: AskedAudience, routing: RoutingTable, now: Instant): Promise<AudienceCount> {
    return this.#far.ask('count', audience, routing, now);
  }

  list(
    audience: AskedAudience,
    page: { readonly after?: string; readonly limit: number },
    now: Instant,
  ): Promise<Page<Contact>> {
    return this.#far.ask('list', audience, page, now);
  }

  scan(
    audience: AskedAudience,
    routing: RoutingTable,
    page: { readonly after: string | undefined; readonly limit: number; readonly now: Instant },
  ): Promise<ScanPage> {
    return this.#far.ask('scan', audience, routing, page);
  }

  cards(botId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, RecipientCard>> {
    return this.#near.cards(botId, contactIds);
  }

  mark(
    botId: string,
    who: { readonly contactId: string } | { readonly address: string },
    status: ConnectionStatus,
    at: Instant,
  ): Promise<boolean> {
    return this.#near.mark(botId, who, status, at);
  }

  touch(botId: string, address: string, at: Instant): Promise<void> {
    return this.#near.touch(botId, address, at);
  }

  readdress(botId: string, from: string, to: string): Promise<void> {
    return this.#near.readdress(botId, from, to);
  }

  async *export(audience: AskedAudience, now: Instant): AsyncIterable<readonly Contact[]> {
    let after: string | undefined;
    do {
      const page: Page<Contact> = await this.list(
        audience,
        { limit: EXPORT_PAGE, ...(after === undefined ? {} : { after }) },
        now,
      );
      if (page.items.length > 0) yield page.items;
      after = page.next;
    } while (after !== undefined);
  }

  vocabulary(): Promise<Vocabulary> {
    return this.#far.ask('vocabulary');
  }

  /** Brings the index up to date now. Answers are right without it, only slower. */
  fold(): Promise<void> {
    return this.#far.ask('fold');
  }

  async close(): Promise<void> {
    await this.#near.close();
    await this.#far.close();
  }

  #channelsIn(changes: readonly ContactChange[]): Readonly<Record<string, Channel>> {
    const channels = new Map<string, Channel>();
    const asked = new Set<string>();
    for (const { connections } of changes) {
      if (!Array.isArray(connections)) continue;
      for (const connection of connections as NonNullable<ContactChange['connections']>) {
        const { botId } = connection;
        if (asked.has(botId)) continue;
        asked.add(botId);
        const channel = this.#options.channelOf(botId);
        if (channel !== undefined) channels.set(botId, channel);
      }
    }
    return Object.fromEntries(channels);
  }
}
