import type { ConnectionStatus, Contact, ExclusionReason, VariableValue } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import type { AskedAudience } from '../domain/behaviours.ts';
import type { RoutingTable } from '../domain/route.ts';

/** A contact as an import or the API gives it. Absent fields stay as they are; `null` empties one. */
export interface ContactChange {
  readonly id?: string;
  readonly externalId?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly language?: string | null;
  readonly zone?: string | null;
  /** Replace all tags or tunnels. */
  readonly tags?: readonly string[];
  readonly tunnels?: readonly string[];
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly addTunnels?: readonly string[];
  readonly removeTunnels?: readonly string[];
  /** Merged by name; `null` removes one. */
  readonly variables?: Readonly<Record<string, VariableValue | null>>;
  readonly firstContactAt?: Instant;
  readonly lastActiveAt?: Instant;
  /** Merged by bot; the first connection of a contact is its main one unless another says so. */
  readonly connections?: readonly {
    readonly botId: string;
    readonly address: string;
    readonly status?: ConnectionStatus;
    readonly statusAt?: Instant;
    readonly main?: boolean;
  }[];
}

/** What became of each change, in order. */
export type Upserted =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | { readonly ok: false; readonly code: string; readonly field: string; readonly message: string };

export interface AudienceCount {
  /** Contacts that the filter finds. */
  readonly matched: number;
  /** Of these, who would get a place, by bot. */
  readonly perBot: readonly {
    readonly botId: string;
    readonly channel: string;
    readonly count: number;
  }[];
  readonly excluded: Readonly<Partial<Record<ExclusionReason, number>>>;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Give it back to go on; absent on the last page. */
  readonly next?: string;
}

/** One page of the freeze, in order of contact id. */
export interface ScanPage {
  /** Who gets a place: contact and bot, side by side. */
  readonly contactIds: readonly string[];
  readonly botIds: readonly string[];
  readonly excluded: Readonly<Partial<Record<ExclusionReason, number>>>;
  /** The last contact looked at; undefined when nobody was left. */
  readonly scannedTo: string | undefined;
  /** Nobody comes after this page. */
  readonly done: boolean;
}

/** What a dispatcher needs of one person at the moment of sending. */
export interface RecipientCard {
  readonly contactId: string;
  readonly address: string;
  readonly status: ConnectionStatus;
  /** The person's last action at this bot; where its webhooks told of none, anywhere. */
  readonly activeAt: Instant;
  /** `first_name`, `last_name`, `name`, `language` and the contact's own variables. */
  readonly variables: Readonly<Record<string, VariableValue>>;
}

/**
 * The people: a source of truth of its own. Durable before it answers. Heavy questions (count, list, scan) may run on
 * another thread. All throw Unavailable when the store cannot be reached, and BehaviourUnresolved for an audience that asks for
 * behaviours without their people: see {@link resolved}.
 */
export abstract class ContactDirectory {
  /**
   * Creates or changes contacts, found by `id`, else by `externalId`, else by a connection's bot and address. Each contact is
   * written whole or not at all; a call that failed on the way can be repeated.
   */
  abstract upsert(changes: readonly ContactChange[]): Promise<readonly Upserted[]>;

  abstract get(id: string): Promise<Contact | undefined>;

  abstract findByAddress(botId: string, address: string): Promise<Contact | undefined>;

  /** Forgets a person for good. False where there was none. */
  abstract erase(id: string): Promise<boolean>;

  /** How many the audience reaches now, by the same rules as {@link scan}. */
  abstract count(
    audience: AskedAudience,
    routing: RoutingTable,
    now: Instant,
  ): Promise<AudienceCount>;

  /** Contacts of a filter in order of id, at most `limit` (≤ 1,000). @throws BadCursor */
  abstract list(
    audience: AskedAudience,
    page: { readonly after?: string; readonly limit: number },
    now: Instant,
  ): Promise<Page<Contact>>;

  /** The next ≤ 10,000 contacts after `after`, routed. */
  abstract scan(
    audience: AskedAudience,
    routing: RoutingTable,
    page: { readonly after: string | undefined; readonly limit: number; readonly now: Instant },
  ): Promise<ScanPage>;

  /** The cards of these contacts (≤ 500) at one bot. Erased ones and those without a connection there are missing. */
  abstract cards(
    botId: string,
    contactIds: readonly string[],
  ): Promise<ReadonlyMap<string, RecipientCard>>;

  /** Notes a connection's status unless a newer one is known. False where nothing changed. */
  abstract mark(
    botId: string,
    who: { readonly contactId: string } | { readonly address: string },
    status: ConnectionStatus,
    at: Instant,
  ): Promise<boolean>;

  /** Notes that a person did something at a bot; never moves back. */
  abstract touch(botId: string, address: string, at: Instant): Promise<void>;

  /** The messenger gave the chat another address. */
  abstract readdress(botId: string, from: string, to: string): Promise<void>;

  /** All contacts in order of id, for exports, in flat memory. */
  abstract export(audience: AskedAudience, now: Instant): AsyncIterable<readonly Contact[]>;

  /** Names in use, for editors' suggestions and for checking variables: each at most 1,000. */
  abstract vocabulary(): Promise<{
    readonly tags: readonly string[];
    readonly tunnels: readonly string[];
    readonly variables: readonly string[];
  }>;
}
