import type { Bot, BotRegistry, ContactDirectory } from '@crier/audience';
import type { Connector, WebhookEvent, WebhookRequest } from '@crier/connector';
import { readRef, topics, type ErrandMessage, type ReceiptMessage } from '@crier/contracts';
import type { Clock, Log, MessageBus, OutgoingMessage } from '@crier/kernel';

export interface WebhookDeps {
  readonly connector: Connector;
  readonly bots: BotRegistry;
  readonly directory: ContactDirectory;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly refSecret: string;
  /** Hands a call on to the team's own chat bot, as it came. */
  readonly forward: (to: string, request: WebhookRequest) => void;
}

/** What the HTTP side answers: 404 for a bot nobody knows, 401 for a forged call, 200 when everything is stored. */
export type WebhookAnswer = 'unknown_bot' | 'forged' | 'stored';

/** Takes a messenger's calls: verified, reduced to what Crier counts, and on the bus before they are answered. */
export class Webhooks {
  readonly #deps: WebhookDeps;

  constructor(deps: WebhookDeps) {
    this.#deps = deps;
  }

  /** @throws Unavailable; the messenger then calls again */
  async receive(botId: string, request: WebhookRequest): Promise<WebhookAnswer> {
    const { bots, connector, bus } = this.#deps;
    const bot = await bots.get(botId);
    if (bot?.channel !== connector.channel) return 'unknown_bot';
    const reading = connector.readWebhook(bot, request);
    if (!reading.authentic) return 'forged';

    let foreign = reading.foreign;
    const messages: OutgoingMessage[] = [];
    for (const event of reading.events) {
      if (event.kind !== 'pressed') await this.#note(bot, event);
      else if (readRef(this.#deps.refSecret, event.ref)) messages.push(...this.#press(bot, event));
      else foreign = true;
    }
    if (messages.length > 0) await bus.publish(messages);
    if (foreign && bot.forwardTo !== undefined) this.#deps.forward(bot.forwardTo, request);
    return 'stored';
  }

  #press(bot: Bot, event: Extract<WebhookEvent, { kind: 'pressed' }>): readonly OutgoingMessage[] {
    const receipt: ReceiptMessage = {
      v: 1,
      botId: bot.id,
      kind: 'clicked',
      ref: event.ref,
      at: event.at,
      dedupe: event.dedupe,
    };
    const errand: ErrandMessage = {
      v: 1,
      kind: 'answer_press',
      errandId: event.pressId,
      botId: bot.id,
      pressId: event.pressId,
    };
    return [
      { topic: topics.receipts(bot.channel), key: bot.id, value: receipt },
      { topic: topics.errands(bot.channel), key: bot.id, value: errand },
    ];
  }

  async #note(bot: Bot, event: Exclude<WebhookEvent, { kind: 'pressed' }>): Promise<void> {
    const { directory } = this.#deps;
    // Nothing is counted by receipts yet.
    if (event.kind === 'receipt') return;
    if (event.kind === 'status')
      await directory.mark(bot.id, { address: event.address }, event.status, event.at);
    else if (event.kind === 'active') await directory.touch(bot.id, event.address, event.at);
    else await this.#started(bot, event);
  }

  /** A person who starts the bot is a contact from now on, and can be reached again if the connection was off. */
  async #started(bot: Bot, event: Extract<WebhookEvent, { kind: 'started' }>): Promise<void> {
    const { directory, log } = this.#deps;
    const { address, firstName, lastName, language, at } = event;
    const known = await directory.findByAddress(bot.id, address);
    const [done] = await directory.upsert([
      {
        ...(known ? { id: known.id } : { firstContactAt: at }),
        ...(firstName === undefined ? {} : { firstName }),
        ...(lastName === undefined ? {} : { lastName }),
        ...(language === undefined ? {} : { language }),
        lastActiveAt: at,
        connections: [{ botId: bot.id, address, status: 'enabled', statusAt: at }],
      },
    ]);
    if (done?.ok === false) log.warn('new contact refused', { code: done.code, field: done.field });
  }
}
