import type { Bot } from '@crier/audience';
import { SKYPE_IS_OFF } from '@crier/channels';
import type { Connector } from '@crier/connector';
import type { Capabilities } from '@crier/contracts';
import { BotConnector } from '../ports/bot-connector.ts';
import { Problem } from '../problems/problem.ts';
import { randomBytes } from 'node:crypto';

export interface ConnectorBotsOptions {
  readonly connectors: readonly Connector[];
  /** What dispatchers that live announce; channels without a connector here are connected by their dispatcher. */
  readonly announced: () => Promise<readonly Capabilities[]>;
  /** Where a bot's updates are to come; undefined where nobody can reach this process from the outside. */
  readonly webhookUrlOf: (bot: {
    readonly channel: string;
    readonly id: string;
  }) => string | undefined;
}

const SECRET_BYTES = 24;

const freshSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

/** Those of a channel's own secrets that the bot lacks. */
const freshSecrets = (
  { credentials }: Bot,
  names: readonly string[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    names.filter((name) => !Object.hasOwn(credentials, name)).map((name) => [name, freshSecret()]),
  );

/** Connects bots through the connectors that live in this process. */
export class ConnectorBots extends BotConnector {
  readonly #options: ConnectorBotsOptions;

  constructor(options: ConnectorBotsOptions) {
    super();
    this.#options = options;
  }

  async secretsFor(bot: Bot): Promise<Readonly<Record<string, string>>> {
    if (this.#connectorOf(bot)) return {};
    const announced = await this.#options.announced();
    const { ownSecrets = [] } = announced.find(({ channel }) => channel === bot.channel) ?? {};
    return freshSecrets(bot, ownSecrets);
  }

  async connect(bot: Bot, keep: (bot: Bot) => Promise<void>): Promise<Bot> {
    const connector = this.#connectorOf(bot);
    if (!connector) return this.#leaveToDispatcher(bot);
    const secrets = freshSecrets(bot, connector.ownSecrets);
    const asked = { ...bot, credentials: { ...secrets, ...bot.credentials } };
    await keep(asked);
    const { name } = await connector.connect(asked, this.#options.webhookUrlOf(bot));
    return { ...asked, name: bot.name === '' ? name : bot.name };
  }

  #connectorOf(bot: Bot): Connector | undefined {
    return this.#options.connectors.find(({ channel }) => channel === bot.channel);
  }

  async #leaveToDispatcher(bot: Bot): Promise<Bot> {
    const { connectors, announced } = this.#options;
    const others = (await announced()).map(({ channel }) => channel);
    if (others.includes(bot.channel)) return { ...bot, name: bot.name === '' ? bot.id : bot.name };
    const known = [...new Set([...connectors.map(({ channel }) => channel), ...others])].join(', ');
    const reason = bot.channel === 'skype' ? ` ${SKYPE_IS_OFF}` : '';
    throw new Problem(
      'UNKNOWN_CHANNEL',
      `channel: Nobody speaks ${bot.channel} here; use ${known}.${reason}`,
    );
  }
}
