import type { Bot, BotRegistry } from '@crier/audience';
import type { Clock, Log } from '@crier/kernel';
import { createHash } from 'node:crypto';

export interface ConnectBotsDeps {
  readonly bots: BotRegistry;
  readonly connector: {
    readonly channel: string;
    connect(bot: Bot, webhookUrl: string): Promise<unknown>;
  };
  readonly log: Log;
}

/** Changes when the bot has to be connected anew. */
const printOf = ({ credentials, apiUrl }: Bot): string =>
  createHash('sha256')
    .update(JSON.stringify([credentials, apiUrl]))
    .digest('hex');

/** Points the webhooks of a channel's bots at an address. */
export class BotConnections {
  readonly #deps: ConnectBotsDeps;
  readonly #webhookUrl: string;
  readonly #connected = new Map<string, string>();

  constructor(deps: ConnectBotsDeps, webhookUrl: string) {
    this.#deps = deps;
    this.#webhookUrl = webhookUrl;
  }

  /**
   * Connects every bot that is new, has other credentials, or could not be connected before. A messenger that cannot be
   * reached now keeps its old address; sending needs none. @throws Unavailable where the bots cannot be listed
   */
  async connect(): Promise<void> {
    const { bots, connector } = this.#deps;
    for (const bot of await bots.list())
      if (bot.channel === connector.channel && this.#connected.get(bot.id) !== printOf(bot))
        await this.#connectOne(bot);
  }

  /** Looks again and again, until `signal` aborts: bots are registered while dispatchers run. */
  async keep(everyMs: number, clock: Clock, signal: AbortSignal): Promise<void> {
    for (;;) {
      await clock.sleep(everyMs, signal);
      if (signal.aborted) return;
      await this.connect().catch((error: unknown) => {
        this.#deps.log.warn('bots not looked after', { error: String(error) });
      });
    }
  }

  async #connectOne(bot: Bot): Promise<void> {
    const { connector, log } = this.#deps;
    try {
      await connector.connect(bot, `${this.#webhookUrl}/hooks/${bot.channel}/${bot.id}`);
      this.#connected.set(bot.id, printOf(bot));
    } catch (error) {
      log.warn('webhook not set', { botId: bot.id, error: String(error) });
    }
  }
}

/** Points the webhook of every bot of the channel at `webhookUrl`, once. */
export const connectBots = (deps: ConnectBotsDeps, webhookUrl: string): Promise<void> =>
  new BotConnections(deps, webhookUrl).connect();
