import type { Bot } from '@crier/audience';
import { CredentialsRefused } from '@crier/connector';
import type { Capabilities } from '@crier/contracts';
import { BotConnector, ConnectorBots } from '../index.ts';

/** A messenger that takes every token but `bad`; bots of strangers are left to their dispatchers. */
export class FriendlyMessenger extends BotConnector {
  readonly #strangers: readonly Capabilities[];
  readonly #others: ConnectorBots;

  constructor(strangers: readonly Capabilities[]) {
    super();
    this.#strangers = strangers;
    this.#others = new ConnectorBots({
      connectors: [],
      announced: () => Promise.resolve(strangers),
      webhookUrlOf: () => undefined,
    });
  }

  secretsFor(bot: Bot): Promise<Readonly<Record<string, string>>> {
    return this.#others.secretsFor(bot);
  }

  connect(bot: Bot, keep: (bot: Bot) => Promise<void>): Promise<Bot> {
    if (this.#strangers.some(({ channel }) => channel === bot.channel))
      return this.#others.connect(bot, keep);
    return bot.credentials['token'] === 'bad'
      ? Promise.reject(new CredentialsRefused('Telegram: unauthorized'))
      : Promise.resolve({ ...bot, name: bot.name === '' ? 'Named by the messenger' : bot.name });
  }
}
