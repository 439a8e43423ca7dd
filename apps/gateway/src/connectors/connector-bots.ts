import type { Bot } from '@crier/audience';
import { SKYPE_IS_OFF } from '@crier/channels';
import type { Connector } from '@crier/connector';
import type { Channel } from '@crier/contracts';
import { BotConnector } from '../ports/bot-connector.ts';
import { Problem } from '../problems/problem.ts';
import { randomBytes } from 'node:crypto';

export interface ConnectorBotsOptions {
  readonly connectors: readonly Connector[];
  /** Channels that dispatchers serve now; those without a connector here are connected by their dispatcher. */
  readonly announced: () => Promise<readonly Channel[]>;
  /** Where a bot's updates are to come; undefined where nobody can reach this process from the outside. */
  readonly webhookUrlOf: (bot: {
    readonly channel: string;
    readonly id: string;
  }) => string | undefined;
}

const SECRET_BYTES = 24;

const freshSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** A bot with every secret that its channel lets Crier make up. */
const withSecrets = (bot: Bot, names: readonly string[]): Bot => ({
  ...bot,
  credentials: {
    ...Object.fromEntries(names.map((name) => [name, freshSecret()])),
    ...bot.credentials,
  },
});

/** Connects bots through the connectors that live in this process. */
export class ConnectorBots extends BotConnector {
  readonly #options: ConnectorBotsOptions;

  constructor(options: ConnectorBotsOptions) {
    super();
    this.#options = options;
  }

  async connect(bot: Bot, keep: (bot: Bot) => Promise<void>): Promise<Bot> {
    const { connectors, webhookUrlOf } = this.#options;
    const connector = connectors.find(({ channel }) => channel === bot.channel);
    if (!connector) return this.#leaveToDispatcher(bot);
    const asked = withSecrets(bot, connector.ownSecrets);
    await keep(asked);
    const { name } = await connector.connect(asked, webhookUrlOf(bot));
    return { ...asked, name: bot.name === '' ? name : bot.name };
  }

  async #leaveToDispatcher(bot: Bot): Promise<Bot> {
    const { connectors, announced } = this.#options;
    const others = await announced();
    if (others.includes(bot.channel)) return { ...bot, name: bot.name === '' ? bot.id : bot.name };
    const known = [...new Set([...connectors.map(({ channel }) => channel), ...others])].join(', ');
    const reason = bot.channel === 'skype' ? ` ${SKYPE_IS_OFF}` : '';
    throw new Problem(
      'UNKNOWN_CHANNEL',
      `channel: Nobody speaks ${bot.channel} here; use ${known}.${reason}`,
    );
  }
}
