import type { Bot, ContactDirectory } from '@crier/audience';
import type { WebhookEvent } from '@crier/connector';
import type { Contact } from '@crier/contracts';
import type { Log } from '@crier/kernel';

type Arrival = Extract<WebhookEvent, { kind: 'status' | 'active' | 'started' }>;
type Started = Extract<WebhookEvent, { kind: 'started' }>;

/** People write as they like: case, spaces and a full stop do not matter. */
const plain = (text: string): string =>
  text
    .trim()
    .toLocaleLowerCase()
    .replace(/[.!]+$/, '');

/** Whether the person asks the bot to write no more. */
const isStop = ({ stopWords = [] }: Bot, text: string | undefined): boolean =>
  text !== undefined && stopWords.some((word) => plain(word) === plain(text));

/** What whoever starts wants from now on; undefined where that changes nothing. */
const wishOf = (
  bot: Bot,
  known: Contact | undefined,
  { text }: Started,
): 'enabled' | 'unsubscribed' | undefined => {
  if (isStop(bot, text)) return 'unsubscribed';
  const connection = known?.connections.find(({ botId }) => botId === bot.id);
  // Who asked to be left alone and then only asks something has not come back: that takes a start.
  const askedToStop = connection?.status === 'unsubscribed' && (bot.stopWords ?? []).length > 0;
  return askedToStop && text !== undefined ? undefined : 'enabled';
};

/** What webhooks tell of people's comings, goings and doings, noted in the directory. */
export class Arrivals {
  readonly #directory: ContactDirectory;
  readonly #log: Log;

  constructor({ directory, log }: { readonly directory: ContactDirectory; readonly log: Log }) {
    this.#directory = directory;
    this.#log = log;
  }

  /** @throws Unavailable */
  async note(bot: Bot, event: Arrival): Promise<void> {
    const { address, at } = event;
    if (event.kind === 'status') {
      await this.#directory.mark(bot.id, { address }, event.status, at);
      return;
    }
    if (event.kind === 'started') await this.#started(bot, event);
    await this.#directory.touch(bot.id, address, at);
    if (isStop(bot, event.text))
      await this.#directory.mark(bot.id, { address }, 'unsubscribed', at);
  }

  /** Who presses a button is there, whatever a send was told before; a wish to be left alone stays. @throws Unavailable */
  async acted(
    bot: Bot,
    contact: Contact,
    { address, at }: { readonly address: string; readonly at: string },
  ): Promise<void> {
    await this.#directory.touch(bot.id, address, at);
    const { status } = contact.connections.find(({ botId }) => botId === bot.id) ?? {};
    if (status === 'blocked' || status === 'disabled')
      await this.#directory.mark(bot.id, { address }, 'enabled', at);
  }

  /** A person who starts the bot is a contact from now on, and can be reached again if the connection was off. */
  async #started(bot: Bot, event: Started): Promise<void> {
    const { address, firstName, lastName, language, at } = event;
    const known = await this.#directory.findByAddress(bot.id, address);
    const status = wishOf(bot, known, event);
    const [done] = await this.#directory.upsert([
      {
        ...(known ? { id: known.id } : { firstContactAt: at }),
        ...(firstName === undefined ? {} : { firstName }),
        ...(lastName === undefined ? {} : { lastName }),
        ...(language === undefined ? {} : { language }),
        lastActiveAt: at,
        connections: [
          { botId: bot.id, address, ...(status === undefined ? {} : { status, statusAt: at }) },
        ],
      },
    ]);
    if (done?.ok === false)
      this.#log.warn('new contact refused', { code: done.code, field: done.field });
  }
}
