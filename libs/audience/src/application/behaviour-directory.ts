import type { Contact, ConnectionStatus } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import type { AskedAudience } from '../domain/behaviours.ts';
import type { RoutingTable } from '../domain/route.ts';
import { resolved, type Behaviours } from './behaviours.ts';
import {
  ContactDirectory,
  type AudienceCount,
  type ContactChange,
  type Page,
  type RecipientCard,
  type ScanPage,
  type Upserted,
} from './contact-directory.ts';

/**
 * A directory that looks up the people behind behaviours by itself: for whoever asks a question at a time. Who asks for many
 * pages resolves the audience once, and this passes it on.
 */
export class BehaviourDirectory extends ContactDirectory {
  readonly #contacts: ContactDirectory;
  readonly #behaviours: Behaviours;

  constructor(contacts: ContactDirectory, behaviours: Behaviours) {
    super();
    this.#contacts = contacts;
    this.#behaviours = behaviours;
  }

  async count(
    audience: AskedAudience,
    routing: RoutingTable,
    now: Instant,
  ): Promise<AudienceCount> {
    return this.#contacts.count(await this.#resolved(audience, now), routing, now);
  }

  async list(
    audience: AskedAudience,
    page: { readonly after?: string; readonly limit: number },
    now: Instant,
  ): Promise<Page<Contact>> {
    return this.#contacts.list(await this.#resolved(audience, now), page, now);
  }

  async scan(
    audience: AskedAudience,
    routing: RoutingTable,
    page: { readonly after: string | undefined; readonly limit: number; readonly now: Instant },
  ): Promise<ScanPage> {
    return this.#contacts.scan(await this.#resolved(audience, page.now), routing, page);
  }

  async *export(audience: AskedAudience, now: Instant): AsyncIterable<readonly Contact[]> {
    yield* this.#contacts.export(await this.#resolved(audience, now), now);
  }

  upsert(changes: readonly ContactChange[]): Promise<readonly Upserted[]> {
    return this.#contacts.upsert(changes);
  }

  get(id: string): Promise<Contact | undefined> {
    return this.#contacts.get(id);
  }

  findByAddress(botId: string, address: string): Promise<Contact | undefined> {
    return this.#contacts.findByAddress(botId, address);
  }

  erase(id: string): Promise<boolean> {
    return this.#contacts.erase(id);
  }

  cards(botId: string, contactIds: readonly string[]): Promise<ReadonlyMap<string, RecipientCard>> {
    return this.#contacts.cards(botId, contactIds);
  }

  mark(
    botId: string,
    who: { readonly contactId: string } | { readonly address: string },
    status: ConnectionStatus,
    at: Instant,
  ): Promise<boolean> {
    return this.#contacts.mark(botId, who, status, at);
  }

  touch(botId: string, address: string, at: Instant): Promise<void> {
    return this.#contacts.touch(botId, address, at);
  }

  readdress(botId: string, from: string, to: string): Promise<void> {
    return this.#contacts.readdress(botId, from, to);
  }

  vocabulary(): ReturnType<ContactDirectory['vocabulary']> {
    return this.#contacts.vocabulary();
  }

  #resolved(audience: AskedAudience, now: Instant): Promise<AskedAudience> {
    return audience.doers ? Promise.resolve(audience) : resolved(this.#behaviours, audience, now);
  }
}
