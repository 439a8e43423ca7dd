import type { Bot } from '@crier/audience';
import type { Connector } from '@crier/connector';
import { BotConnector } from '../ports/bot-connector.ts';
import { Problem } from '../problems/problem.ts';
import { randomBytes } from 'node:crypto';

export interface ConnectorBotsOptions {
  readonly connectors: readonly Connector[];
  /** Where a bot's updates are to come; undefined where nobody can reach this process from the outside. */
  readonly webhookUrlOf: (bot: {
    readonly channel: string;
    readonly id: string;
  }) => string | undefined;
}

const SECRET_BYTES = 24;

/** Connects bots through the connectors that live in this process. Every bot gets a webhook secret of its own. */
export class ConnectorBots extends BotConnector {
  readonly #options: ConnectorBotsOptions;

  constructor(options: ConnectorBotsOptions) {
    super();
    this.#options = options;
  }

  async connect(bot: Bot): Promise<Bot> {
    const { connectors, webhookUrlOf } = this.#options;
    const connector = connectors.find(({ channel }) => channel === bot.channel);
    if (!connector) {
      const known = connectors.map(({ channel }) => channel).join(', ');
      throw new Problem(
        'UNKNOWN_CHANNEL',
        `channel: Nobody speaks ${bot.channel} here; use ${known}.`,
      );
    }
    const webhookSecret =
      bot.credentials['webhookSecret'] ?? randomBytes(SECRET_BYTES).toString('base64url');
    const asked = { ...bot, credentials: { ...bot.credentials, webhookSecret } };
    const { name } = await connector.connect(asked, webhookUrlOf(bot));
    return { ...asked, name: bot.name === '' ? name : bot.name };
  }
}
