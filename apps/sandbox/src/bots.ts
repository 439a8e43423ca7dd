import { randomInt } from 'node:crypto';

/** Where a bot takes its updates, and how that went lately. */
export interface Webhook {
  readonly url: string;
  readonly secretToken: string | undefined;
  /** `undefined`: the default kinds. */
  readonly allowedUpdates: readonly string[] | undefined;
}

/** What a bot is called. */
export interface BotProfile {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
  readonly username?: string | undefined;
}

const REMEMBERED_QUERIES = 10_000;
const FIRST_OWN_ID = 7_000_000_001;

/** One account at the sandbox. */
export class Bot {
  readonly token: string;
  /** In order of registration, from 0. */
  readonly number: number;
  id: number;
  name: string;
  username: string;
  webhook: Webhook | undefined;
  pendingUpdates = 0;
  lastError: { readonly date: number; readonly message: string } | undefined;
  /** Chats whose person has blocked this bot. */
  readonly blocked = new Set<number>();
  readonly #queries = new Set<string>();
  readonly #checkouts = new Map<string, boolean>();
  #lastMessageId = 0;
  // Ids of updates and queries start anywhere, so that those of two runs do not meet.
  #lastUpdateId = randomInt(100_000_000, 1_000_000_000);
  #lastQueryId = randomInt(1, 1 << 30) * 1_000_000;

  constructor(token: string, number: number, profile: BotProfile) {
    const inToken = Number(/^\d{1,15}(?=:)/.exec(token)?.[0] ?? FIRST_OWN_ID + number);
    this.token = token;
    this.number = number;
    this.id = profile.id ?? inToken;
    this.name = profile.name ?? `Bot ${this.id}`;
    this.username = profile.username ?? `sandbox_${this.id}_bot`;
  }

  /** The bot as a user in Telegram's shape. */
  get user() {
    return { id: this.id, is_bot: true, first_name: this.name, username: this.username };
  }

  /** Takes `count` message ids in a row and returns the first. They rise in every chat. */
  takeMessageIds(count: number): number {
    const first = this.#lastMessageId + 1;
    this.#lastMessageId += count;
    return first;
  }

  takeUpdateId(): number {
    this.#lastUpdateId += 1;
    return this.#lastUpdateId;
  }

  /** A fresh id for a button press, known to {@link knowsQuery} from now on. */
  takeQueryId(): string {
    this.#lastQueryId += 1;
    return String(this.#lastQueryId);
  }

  /** Remembers a query that was sent to the bot; only the newest 10,000 are kept. */
  rememberQuery(id: string): void {
    this.#queries.add(id);
    if (this.#queries.size <= REMEMBERED_QUERIES) return;
    for (const oldest of this.#queries) {
      this.#queries.delete(oldest);
      return;
    }
  }

  /** The bot's word on a payment: whether it goes on. */
  decideCheckout(id: string, approved: boolean): void {
    this.#checkouts.set(id, approved);
    const oldest = this.#checkouts.keys().next().value;
    if (this.#checkouts.size > REMEMBERED_QUERIES && oldest !== undefined)
      this.#checkouts.delete(oldest);
  }

  /** Undefined while the bot has not said a word. */
  approvedCheckout(id: string): boolean | undefined {
    return this.#checkouts.get(id);
  }

  knowsQuery(id: string): boolean {
    return this.#queries.has(id);
  }
}

/** The accounts that the sandbox knows, by token. */
export class Bots {
  readonly #byToken = new Map<string, Bot>();
  readonly #inOrder: Bot[] = [];
  readonly #acceptAnyToken: boolean;

  /** With `acceptAnyToken`, a token seen for the first time becomes a bot. */
  constructor(acceptAnyToken: boolean) {
    this.#acceptAnyToken = acceptAnyToken;
  }

  /** Creates the bot, or renames it and keeps everything else. */
  register(token: string, profile: BotProfile): Bot {
    const known = this.#byToken.get(token);
    if (known !== undefined) {
      known.id = profile.id ?? known.id;
      known.name = profile.name ?? known.name;
      known.username = profile.username ?? known.username;
      return known;
    }
    const bot = new Bot(token, this.#inOrder.length, profile);
    this.#byToken.set(token, bot);
    this.#inOrder.push(bot);
    return bot;
  }

  find(token: string): Bot | undefined {
    const known = this.#byToken.get(token);
    if (known !== undefined || !this.#acceptAnyToken || token === '') return known;
    return this.register(token, {});
  }

  tokenOf(number: number): string {
    return this.#inOrder[number]?.token ?? '';
  }

  all(): readonly Bot[] {
    return this.#inOrder;
  }
}
