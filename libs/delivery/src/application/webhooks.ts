import type { Bot, BotRegistry, ContactDirectory } from '@crier/audience';
import type { Connector, WebhookEvent, WebhookRequest } from '@crier/connector';
import { readRef, topics, type ErrandMessage, type ReceiptMessage } from '@crier/contracts';
import type { Clock, Log, MessageBus, OutgoingMessage } from '@crier/kernel';
import { Arrivals } from './arrivals.ts';
import type { Payments } from './payments.ts';

export interface WebhookDeps {
  readonly connector: Connector;
  readonly bots: BotRegistry;
  readonly directory: ContactDirectory;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly refSecret: string;
  /** Where payments inside the messenger are written down; nowhere: they are the team's own affair. */
  readonly payments?: Payments;
  /** Hands a call on to the team's own chat bot, as it came. */
  readonly forward: (to: string, request: WebhookRequest) => void;
}

/** What became of a call; `text` is to be answered with. */
export type WebhookAnswer =
  | { readonly is: 'unknown_bot' | 'forged' }
  /** Everything that it told is stored. */
  | {
      readonly is: 'stored';
      readonly text: string;
      /** The text is JSON, which the messenger acts upon. */
      readonly json?: true;
    };

/** What came of a call's events. */
interface Taken {
  readonly messages: readonly OutgoingMessage[];
  /** What the messenger is to be answered, so that a payment goes on. */
  readonly approval: string | undefined;
  readonly isForeign: boolean;
}

type Told<Kind extends WebhookEvent['kind']> = Extract<WebhookEvent, { kind: Kind }>;

/** Takes a messenger's calls: verified, reduced to what Crier counts, and on the bus before they are answered. */
export class Webhooks {
  readonly #deps: WebhookDeps;
  readonly #arrivals: Arrivals;

  constructor(deps: WebhookDeps) {
    this.#deps = deps;
    this.#arrivals = new Arrivals(deps);
  }

  get channel(): string {
    return this.#deps.connector.channel;
  }

  /** @throws Unavailable; the messenger then calls again */
  async receive(botId: string, request: WebhookRequest): Promise<WebhookAnswer> {
    const { bots, connector, bus } = this.#deps;
    const bot = await bots.get(botId);
    if (bot?.channel !== connector.channel) return { is: 'unknown_bot' };
    const reading = await connector.readWebhook(bot, request);
    if (!reading.authentic) return { is: 'forged' };

    const { messages, approval, isForeign } = await this.#takeAll(bot, reading.events);
    if (messages.length > 0) await bus.publish(messages);
    if ((reading.foreign || isForeign) && bot.forwardTo !== undefined)
      this.#deps.forward(bot.forwardTo, request);
    return approval === undefined
      ? { is: 'stored', text: reading.answer ?? '' }
      : { is: 'stored', text: approval, json: true };
  }

  async #takeAll(bot: Bot, events: readonly WebhookEvent[]): Promise<Taken> {
    const messages: OutgoingMessage[] = [];
    let approval: string | undefined;
    let isForeign = false;
    for (const event of events) {
      const told = await this.#take(bot, event);
      if (told === 'foreign') isForeign = true;
      else if (event.kind === 'checkout') ({ approval } = event);
      else messages.push(...told);
    }
    return { messages, approval, isForeign };
  }

  /** What the bus is to be told of an event. */
  async #take(bot: Bot, event: WebhookEvent): Promise<readonly OutgoingMessage[] | 'foreign'> {
    if (event.kind === 'pressed') return this.#press(bot, event);
    if (event.kind === 'receipt') return this.#receipt(bot, event);
    if (event.kind === 'paid') return this.#paid(bot, event);
    if (event.kind === 'checkout') return this.#checkout(event);
    await this.#arrivals.note(bot, event);
    return [];
  }

  async #press(bot: Bot, event: Told<'pressed'>): Promise<readonly OutgoingMessage[] | 'foreign'> {
    const { ref, at, dedupe, pressId, address } = event;
    if (!readRef(this.#deps.refSecret, ref)) return 'foreign';
    const contact = await this.#deps.directory.findByAddress(bot.id, address);
    const who = contact === undefined ? {} : { contactId: contact.id };
    if (contact) await this.#arrivals.acted(bot, contact, { address, at });
    const receipt: ReceiptMessage = {
      v: 1,
      botId: bot.id,
      ...who,
      kind: 'clicked',
      ref,
      at,
      arrivedAt: this.#deps.clock.now(),
      dedupe,
    };
    const errand: ErrandMessage = {
      v: 1,
      kind: 'answer_press',
      errandId: pressId,
      botId: bot.id,
      ...who,
      pressId,
    };
    return [
      { topic: topics.receipts(bot.channel), key: bot.id, value: receipt },
      { topic: topics.errands(bot.channel), key: bot.id, value: errand },
    ];
  }

  /** Of people nobody knows there is nothing to count. */
  async #receipt(
    bot: Bot,
    { what, address, which, at, dedupe }: Told<'receipt'>,
  ): Promise<readonly OutgoingMessage[]> {
    const contact = await this.#deps.directory.findByAddress(bot.id, address);
    if (!contact) return [];
    const value: ReceiptMessage = {
      v: 1,
      botId: bot.id,
      contactId: contact.id,
      kind: what,
      which,
      at,
      arrivedAt: this.#deps.clock.now(),
      dedupe,
    };
    return [{ topic: topics.receipts(bot.channel), key: bot.id, value }];
  }

  /**
   * Approved where the payment will be written down. The word is the answer to this call: a copy that dies before it has answered
   * is called again, and nothing has to be remembered.
   */
  #checkout({ ref }: Told<'checkout'>): readonly OutgoingMessage[] | 'foreign' {
    const { payments, refSecret } = this.#deps;
    return payments && readRef(refSecret, ref) ? [] : 'foreign';
  }

  /** A payment is somebody's order where it names a button of Crier's. */
  async #paid(bot: Bot, event: Told<'paid'>): Promise<readonly OutgoingMessage[] | 'foreign'> {
    const { payments, refSecret } = this.#deps;
    const ref = event.ref === undefined ? undefined : readRef(refSecret, event.ref);
    if (!payments || !ref) return 'foreign';
    await payments.record(bot, ref, event);
    return [];
  }
}
