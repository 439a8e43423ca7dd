import {
  BadCursor,
  ContactDirectory,
  touched,
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
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { countOf, idsOf, scanOf } from './audience-answers.ts';
import { AudienceQuery } from './audience-query.ts';
import { unpackCard, unpackContact } from './contact-row.ts';
import { openContacts } from './contact-schema.ts';
import { ContactWriter } from './contact-writer.ts';
import { GroupedWrites } from './grouped-writes.ts';
import { IndexFold, SEGMENT_CONTACTS } from './index-fold.ts';
import { answered, inOneCommit, onOneState } from './transactions.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';

export interface SqliteContactDirectoryOptions {
  /** A file of its own, or `:memory:`. */
  readonly path: string;
  readonly clock: Clock;
  /** The channel of a registered bot; undefined for an unknown one. */
  readonly channelOf: (botId: string) => Channel | undefined;
  /** Called instead of folding when the index should be folded: another thread does it. */
  readonly onFoldDue?: () => void;
  /** Contacts of one segment of the index at most; an even number. @default 32,768 */
  readonly segmentContacts?: number;
}

const CURSOR = /^[\w-]{16}$/;
const MOST_LISTED = 1_000;
const MOST_SCANNED = 10_000;
const EXPORT_PAGE = 500;

/** The share of contacts, and the least and most of them, that may be stale before the index is folded. */
const FOLD_SHARE = 1 / 20;
const FOLD_LEAST = 2_000;
const FOLD_MOST = 25_000;
const FOLD_ELSEWHERE = 2_000;

const within = (limit: number, most: number): number => Math.max(1, Math.min(limit, most));

/** Contacts in SQLite, with an index of columns that answers for a million of them in milliseconds. */
export class SqliteContactDirectory extends ContactDirectory {
  readonly #db: DatabaseSync;
  readonly #options: SqliteContactDirectoryOptions;
  readonly #writer: ContactWriter;
  readonly #indexFold: IndexFold;
  readonly #writes: GroupedWrites;
  readonly #docs;
  #stale: number;
  #folding: Promise<void> | undefined;

  constructor(options: SqliteContactDirectoryOptions) {
    super();
    this.#options = options;
    this.#db = openContacts(options.path, { checkpoints: !options.onFoldDue });
    this.#writer = new ContactWriter(this.#db);
    this.#writes = new GroupedWrites(this.#db);
    this.#indexFold = new IndexFold(this.#db, options.segmentContacts ?? SEGMENT_CONTACTS);
    this.#docs = this.#db.prepare(
      'SELECT contact.id, doc FROM json_each(?) AS one CROSS JOIN contact ON contact.id = one.value',
    );
    this.#stale = this.#count('SELECT count(*) AS count FROM stale');
  }

  upsert(changes: readonly ContactChange[]): Promise<readonly Upserted[]> {
    const { clock, channelOf } = this.#options;
    return this.upsertIn({ now: clock.now(), channelOf }, changes);
  }

  /** As {@link upsert}, at a moment and with bots that the caller tells. */
  upsertIn(
    world: { readonly now: Instant; readonly channelOf: (botId: string) => Channel | undefined },
    changes: readonly ContactChange[],
  ): Promise<readonly Upserted[]> {
    return this.#write(changes.length, () =>
      changes.map((change) => this.#writer.upsert(change, world)),
    );
  }

  get(id: string): Promise<Contact | undefined> {
    return this.#read(() => this.#writer.byId(id)?.contact);
  }

  findByAddress(botId: string, address: string): Promise<Contact | undefined> {
    return this.#read(() => this.#writer.byAddress(botId, address)?.contact);
  }

  erase(id: string): Promise<boolean> {
    return this.#write(1, () => {
      const isErased = this.#writer.erase(id);
      // At once, because the columns hold the person's variables too.
      if (isErased) this.#indexFold.foldWhere(id);
      return isErased;
    });
  }

  count(audience: AskedAudience, routing: RoutingTable, now: Instant): Promise<AudienceCount> {
    return this.#read(() => countOf(new AudienceQuery(this.#db, audience, now), routing));
  }

  list(
    audience: AskedAudience,
    page: { readonly after?: string; readonly limit: number },
    now: Instant,
  ): Promise<Page<Contact>> {
    const { after, limit } = page;
    return this.#read(() => {
      if (after !== undefined && !CURSOR.test(after)) {
        throw new BadCursor('this cursor was not given by a page of this list');
      }
      const query = new AudienceQuery(this.#db, audience, now);
      const { ids, done } = idsOf(query, { after, limit: within(limit, MOST_LISTED) });
      const items = this.#contacts(ids);
      const last = ids.at(-1);
      return done || last === undefined ? { items } : { items, next: last };
    });
  }

  scan(
    audience: AskedAudience,
    routing: RoutingTable,
    page: { readonly after: string | undefined; readonly limit: number; readonly now: Instant },
  ): Promise<ScanPage> {
    const { after, limit, now } = page;
    return this.#read(() =>
      scanOf(new AudienceQuery(this.#db, audience, now), routing, {
        after,
        limit: within(limit, MOST_SCANNED),
      }),
    );
  }

  cards(botId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, RecipientCard>> {
    return this.#read(() => {
      const cards = new Map<string, RecipientCard>();
      for (const { id, doc } of this.#rows(contactIds)) {
        const card = unpackCard(id, doc, botId);
        if (card) cards.set(id, card);
      }
      return cards;
    });
  }

  mark(
    botId: string,
    who: { readonly contactId: string } | { readonly address: string },
    status: ConnectionStatus,
    at: Instant,
  ): Promise<boolean> {
    return this.#write(1, () => {
      const known =
        'contactId' in who
          ? this.#writer.byId(who.contactId)
          : this.#writer.byAddress(botId, who.address);
      return this.#writer.mark(known, botId, { status, at });
    });
  }

  async touch(botId: string, address: string, at: Instant): Promise<void> {
    await this.#write(1, () => {
      const known = this.#writer.byAddress(botId, address);
      const contact = known && touched(known.contact, botId, at);
      if (contact && contact !== known.contact) this.#writer.put(known, contact);
    });
  }

  async readdress(botId: string, from: string, to: string): Promise<void> {
    await this.#write(1, () => {
      const known = this.#writer.byAddress(botId, from);
      if (!known || this.#writer.byAddress(botId, to)) return;
      const connections = known.contact.connections.map((one) =>
        one.botId === botId ? { ...one, address: to } : one,
      );
      this.#writer.put(known, { ...known.contact, connections });
    });
  }

  async *export(audience: AskedAudience, now: Instant): AsyncIterable<readonly Contact[]> {
    let after: string | undefined;
    do {
      const page = await this.list(
        audience,
        { limit: EXPORT_PAGE, ...(after === undefined ? {} : { after }) },
        now,
      );
      if (page.items.length > 0) yield page.items;
      after = page.next;
    } while (after !== undefined);
  }

  vocabulary(): Promise<Vocabulary> {
    return this.#read(() => vocabularyOf(this.#db));
  }

  /** Brings the index up to date. Answers are right without it, only slower; writing calls it often enough. */
  async fold(): Promise<void> {
    this.#folding ??= this.#foldAll().finally(() => {
      this.#folding = undefined;
    });
    await this.#folding;
  }

  async close(): Promise<void> {
    await this.#writes.idle();
    await this.#folding;
    if (this.#db.isOpen) this.#db.close();
  }

  async #foldAll(): Promise<void> {
    this.#stale = 0;
    for (const no of await this.#read(() => this.#indexFold.segments())) {
      await inOneCommit(this.#db, () => {
        this.#indexFold.fold(no);
      });
      await turn();
    }
    this.#db.exec('PRAGMA wal_checkpoint(PASSIVE)');
  }

  async #write<Value>(contacts: number, work: () => Value): Promise<Value> {
    const value = await this.#writes.write(work);
    this.#stale += contacts;
    if (this.#stale >= FOLD_LEAST && this.#stale >= this.#foldAfter()) await this.#foldDue();
    return value;
  }

  #foldAfter(): number {
    if (this.#options.onFoldDue) return FOLD_ELSEWHERE;
    const total = this.#count('SELECT coalesce(max(no), 0) AS count FROM contact');
    return Math.min(FOLD_MOST, total * FOLD_SHARE);
  }

  async #foldDue(): Promise<void> {
    if (!this.#options.onFoldDue) {
      await this.fold();
      return;
    }
    this.#stale = 0;
    this.#options.onFoldDue();
  }

  #count(sql: string): number {
    const row = this.#db.prepare(sql).get() as { count: number } | undefined;
    return row?.count ?? 0;
  }

  #read<Value>(work: () => Value): Promise<Value> {
    return answered(() => onOneState(this.#db, work));
  }

  #contacts(ids: readonly string[]): readonly Contact[] {
    return this.#rows(ids).map(({ id, doc }) => unpackContact(id, doc));
  }

  #rows(ids: readonly string[]): readonly { readonly id: string; readonly doc: string }[] {
    return this.#docs.all(JSON.stringify(ids)) as unknown as readonly { id: string; doc: string }[];
  }
}
