import {
  BadCursor,
  ContactDirectory,
  touched,
  withStatus,
  type AskedAudience,
  type AudienceCount,
  type ContactChange,
  type Page,
  type RecipientCard,
  type RoutingTable,
  type ScanPage,
  type Upserted,
} from '@crier/audience';
import type { ConnectionStatus, Contact } from '@crier/contracts';
import type { Clock, Instant } from '@crier/kernel';
import { reachably, type MongoConnection } from '../connection.ts';
import { AudienceQuery } from './audience-query.ts';
import { BatchUpsert, type ChannelOf } from './batch-upsert.ts';
import { contactsOf, ensureContactIndexes, type ContactCollection } from './contact-collection.ts';
import {
  addressKey,
  CARD_FIELDS,
  cardOf,
  contactOf,
  type ContactDocument,
} from './contact-document.ts';
import { changeOne } from './contact-writes.ts';
import { vocabularyOf, type Vocabulary } from './vocabulary.ts';

export interface MongoContactDirectoryOptions {
  readonly mongo: Pick<MongoConnection, 'db'>;
  readonly clock: Clock;
  /** The channel of a registered bot; undefined for an unknown one. Asked once for each bot of a batch. */
  readonly channelOf: ChannelOf;
}

const CURSOR = /^[\w-]{16}$/;
const MOST_LISTED = 1_000;
const MOST_SCANNED = 10_000;
const EXPORT_PAGE = 500;
const UPSERT_BATCH = 500;

const within = (limit: number, most: number): number => Math.max(1, Math.min(limit, most));

/**
 * Contacts in MongoDB, one document each. Every change replaces the document as it was read, or is decided anew: no
 * transactions, so of one call each contact is written wholly or not at all, but not all together. Any number of processes
 * may write.
 */
export class MongoContactDirectory extends ContactDirectory {
  readonly #contacts: ContactCollection;
  readonly #options: MongoContactDirectoryOptions;

  constructor(options: MongoContactDirectoryOptions) {
    super();
    this.#options = options;
    this.#contacts = contactsOf(options.mongo.db());
  }

  /** Makes the indexes that are missing: once at a start, before anything is written. @throws Unavailable */
  async ensureIndexes(): Promise<void> {
    await reachably(() => ensureContactIndexes(this.#contacts));
  }

  upsert(changes: readonly ContactChange[]): Promise<readonly Upserted[]> {
    return reachably(async () => {
      const { channelOf, clock } = this.#options;
      const answers: Upserted[] = [];
      for (let from = 0; from < changes.length; from += UPSERT_BATCH) {
        const batch = new BatchUpsert(this.#contacts, { channelOf, now: clock.now() });
        answers.push(...(await batch.run(changes.slice(from, from + UPSERT_BATCH))));
      }
      return answers;
    });
  }

  get(id: string): Promise<Contact | undefined> {
    return reachably(async () => known(await this.#byId(id)));
  }

  findByAddress(botId: string, address: string): Promise<Contact | undefined> {
    return reachably(async () => known(await this.#byAddress(botId, address)));
  }

  erase(id: string): Promise<boolean> {
    return reachably(async () => {
      const { deletedCount } = await this.#contacts.deleteOne({ _id: id });
      return deletedCount > 0;
    });
  }

  count(audience: AskedAudience, routing: RoutingTable, now: Instant): Promise<AudienceCount> {
    return reachably(() => this.#query(audience, now).count(routing));
  }

  list(
    audience: AskedAudience,
    page: { readonly after?: string; readonly limit: number },
    now: Instant,
  ): Promise<Page<Contact>> {
    const { after, limit } = page;
    return reachably(async () => {
      if (after !== undefined && !CURSOR.test(after)) {
        throw new BadCursor('this cursor was not given by a page of this list');
      }
      const slice = { after, limit: within(limit, MOST_LISTED) };
      const { items, done } = await this.#query(audience, now).list(slice);
      const last = items.at(-1);
      return done || last === undefined ? { items } : { items, next: last.id };
    });
  }

  scan(
    audience: AskedAudience,
    routing: RoutingTable,
    page: { readonly after: string | undefined; readonly limit: number; readonly now: Instant },
  ): Promise<ScanPage> {
    const { after, limit, now } = page;
    const slice = { after, limit: within(limit, MOST_SCANNED) };
    return reachably(() => this.#query(audience, now).scan(routing, slice));
  }

  cards(botId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, RecipientCard>> {
    return reachably(async () => {
      const documents = await this.#contacts
        .find({ _id: { $in: contactIds } })
        .project<ContactDocument>(CARD_FIELDS)
        .toArray();
      const found = new Map(documents.map((document) => [document._id, cardOf(document, botId)]));
      const cards = new Map<string, RecipientCard>();
      for (const id of contactIds) {
        const card = found.get(id);
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
    const find = () =>
      'contactId' in who ? this.#byId(who.contactId) : this.#byAddress(botId, who.address);
    return this.#change(find, (contact) =>
      connectionAt(contact, botId, (one) => withStatus(one, status, at)),
    );
  }

  async touch(botId: string, address: string, at: Instant): Promise<void> {
    await this.#change(
      () => this.#byAddress(botId, address),
      (contact) => touched(contact, botId, at),
    );
  }

  async readdress(botId: string, from: string, to: string): Promise<void> {
    await this.#change(
      () => this.#byAddress(botId, from),
      (contact) => connectionAt(contact, botId, (one) => ({ ...one, address: to })),
    );
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
    return reachably(() => vocabularyOf(this.#contacts));
  }

  #query(audience: AskedAudience, now: Instant): AudienceQuery {
    return new AudienceQuery(this.#contacts, audience, now);
  }

  #byId(id: string): Promise<ContactDocument | null> {
    return this.#contacts.findOne({ _id: id });
  }

  #byAddress(botId: string, address: string): Promise<ContactDocument | null> {
    return this.#contacts.findOne({ keys: addressKey(botId, address) });
  }

  #change(
    find: () => Promise<ContactDocument | null>,
    change: (contact: Contact) => Contact,
  ): Promise<boolean> {
    return reachably(() => changeOne(this.#contacts, find, change));
  }
}

const known = (document: ContactDocument | null): Contact | undefined =>
  document === null ? undefined : contactOf(document);

const connectionAt = (
  contact: Contact,
  botId: string,
  change: (connection: Contact['connections'][number]) => Contact['connections'][number],
): Contact => ({
  ...contact,
  connections: contact.connections.map((one) => (one.botId === botId ? change(one) : one)),
});
