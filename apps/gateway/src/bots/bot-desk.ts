import type { Bot, BotRegistry } from '@crier/audience';
import type { RoutingReader } from '../audience/routing-reader.ts';
import type { BotConnector } from '../ports/bot-connector.ts';
import { Problem } from '../problems/problem.ts';

export interface WantedBot {
  readonly channel: string;
  readonly name?: string;
  readonly credentials?: Readonly<Record<string, string>>;
  readonly rate?: number;
  readonly apiUrl?: string;
  readonly forwardTo?: string;
  readonly stopWords?: readonly string[];
}

const ID = /^[A-Za-z0-9][\w.-]{0,63}$/;
const RATE = 25;

const wrong = (code: string, path: string, message: string): Problem =>
  new Problem(code, `${path}: ${message}`, { errors: [{ path, code, message }] });

export interface RegisteredBot {
  readonly bot: Bot;
  readonly isNew: boolean;
  /** Made up just now, for the team to set on the other side: to be shown this once. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** The bot with what is changed of it. */
const askedFor = (id: string, wanted: WantedBot, known: Bot | undefined): Bot => {
  const { channel, apiUrl, forwardTo, stopWords } = wanted;
  const { name, rate } = { name: '', rate: RATE, ...known };
  return {
    id,
    channel,
    name: wanted.name ?? name,
    credentials: { ...known?.credentials, ...wanted.credentials },
    rate: wanted.rate ?? rate,
    ...(apiUrl !== undefined && { apiUrl }),
    ...(forwardTo !== undefined && { forwardTo }),
    ...(stopWords !== undefined && { stopWords }),
  };
};

/** Registers bots: nothing stays kept that the messenger has not taken. */
export class BotDesk {
  readonly #bots: BotRegistry;
  readonly #connector: BotConnector;
  readonly #routing: RoutingReader;

  constructor(bots: BotRegistry, connector: BotConnector, routing: RoutingReader) {
    this.#bots = bots;
    this.#connector = connector;
    this.#routing = routing;
  }

  /** @throws Problem INVALID_REQUEST, BOT_CHANNEL_FIXED, CREDENTIALS_MISSING, RATE_ABOVE_MOST; what the connector throws; Unavailable */
  async put(id: string, wanted: WantedBot): Promise<RegisteredBot> {
    if (!ID.test(id))
      throw wrong(
        'INVALID_REQUEST',
        'id',
        'Name the bot with 1 to 64 letters, digits, dots, - and _, beginning with a letter or digit.',
      );
    const known = await this.#bots.get(id);
    if (known && known.channel !== wanted.channel)
      throw wrong(
        'BOT_CHANNEL_FIXED',
        'channel',
        `The bot speaks on ${known.channel}; register another one for ${wanted.channel}.`,
      );
    const asked = askedFor(id, wanted, known);
    const secrets = await this.#connector.secretsFor(asked);
    const credentials = { ...secrets, ...asked.credentials };
    if (Object.keys(credentials).length === 0)
      throw wrong('CREDENTIALS_MISSING', 'credentials', 'Give the credentials of the bot.');
    await this.#checkRate(asked);
    const bot = await this.#connected({ ...asked, credentials }, known);
    await this.#bots.put(bot);
    return { bot, isNew: known === undefined, secrets };
  }

  /** Kept while the messenger is asked; afterwards all is as before where it refuses. */
  async #connected(asked: Bot, known: Bot | undefined): Promise<Bot> {
    try {
      return await this.#connector.connect(asked, (bot) => this.#bots.put(bot));
    } catch (error) {
      await (known ? this.#bots.put(known) : this.#bots.remove(asked.id));
      throw error;
    }
  }

  async #checkRate({ channel, rate }: Bot): Promise<void> {
    const announced = await this.#routing.announced();
    const rates = announced
      .filter(({ capabilities }) => capabilities.channel === channel)
      .map(({ capabilities }) => capabilities.rate.most);
    const most = Math.min(...rates);
    if (rate > most)
      throw wrong('RATE_ABOVE_MOST', 'rate', `A bot on ${channel} sends at most ${most} a second.`);
  }
}
