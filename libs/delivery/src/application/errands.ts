import type { BotRegistry, ContactDirectory, Bot } from '@crier/audience';
import type { Connector, MediaReader, SendResult } from '@crier/connector';
import { buttonsOf, topics, type ErrandMessage, type ReplyMessage } from '@crier/contracts';
import {
  AppError,
  type Clock,
  type IncomingMessage,
  type Log,
  type MessageBus,
} from '@crier/kernel';
import { PRIORITY, type Governor } from './governor.ts';
import { keyOf } from './licences.ts';

export interface ErrandDeps {
  readonly bots: BotRegistry;
  readonly directory: ContactDirectory;
  readonly connector: Connector;
  readonly media: MediaReader;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly governorOf: (bot: Bot) => Governor;
}

/** Small things a bot does beside broadcasts: answers to presses, test sends. Each is done at most once a delivery of the bus. */
export class Errands {
  readonly #deps: ErrandDeps;
  readonly #done = new Set<string>();

  constructor(deps: ErrandDeps) {
    this.#deps = deps;
  }

  readonly handle = async (messages: readonly IncomingMessage[]): Promise<void> => {
    for (const { value } of messages) await this.#run(value as ErrandMessage);
  };

  async #run(errand: ErrandMessage): Promise<void> {
    if (this.#done.has(errand.errandId)) return;
    const bot = await this.#deps.bots.get(errand.botId);
    if (!bot) {
      await this.#reply(errand, { code: 'UNKNOWN_BOT' });
      return;
    }
    this.#remember(errand.errandId);
    if (errand.kind === 'test') await this.#tryTest(bot, errand);
    else await this.#answer(bot, errand);
  }

  /** An errand that came twice is done once while this process lives; twice at most over a crash, which harms no count. */
  #remember(id: string): void {
    this.#done.add(id);
    const oldest = this.#done.values().next().value;
    if (this.#done.size > 10_000 && oldest !== undefined) this.#done.delete(oldest);
  }

  async #answer(bot: Bot, errand: Exclude<ErrandMessage, { kind: 'test' }>): Promise<void> {
    const { connector, log } = this.#deps;
    const address = await this.#addressOf(bot, errand.contactId);
    await this.#deps.governorOf(bot).slice(PRIORITY.reply, 1, async () => {
      const result = await connector.answerPress(
        bot,
        { id: errand.pressId, ...(address === undefined ? {} : { address }) },
        errand.text,
      );
      if (result.result !== 'accepted') log.debug('press not answered', { result: result.result });
      return 1;
    });
  }

  async #addressOf(bot: Bot, contactId: string | undefined): Promise<string | undefined> {
    if (contactId === undefined) return undefined;
    return (await this.#deps.directory.cards(bot.id, [contactId])).get(contactId)?.address;
  }

  /** Whatever goes wrong is the answer: a test send is not tried again by itself. */
  async #tryTest(bot: Bot, errand: Extract<ErrandMessage, { kind: 'test' }>): Promise<void> {
    try {
      await this.#test(bot, errand);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      await this.#reply(errand, { code: error.code });
    }
  }

  async #test(bot: Bot, errand: Extract<ErrandMessage, { kind: 'test' }>): Promise<void> {
    const { connector, directory, media } = this.#deps;
    const card = (await directory.cards(bot.id, [errand.contactId])).get(errand.contactId);
    if (!card) return this.#reply(errand, { code: 'CONTACT_NOT_REACHABLE' });
    const assets = await connector.prepare(bot, errand.elements, media, {});
    const parts = connector.compile(errand.elements, assets).render({
      address: card.address,
      variables: card.variables,
      refOf: () => 'test',
      linkOf: (button) => linkOfTest(errand.elements, button),
      // Every test is a message of its own.
      keyOf: (part) => keyOf(errand.errandId, part),
    });
    for (const part of parts) {
      let result: SendResult | undefined;
      await this.#deps.governorOf(bot).slice(PRIORITY.test, 1, async () => {
        result = await connector.send(bot, card.address, part);
        return 1;
      });
      if (result?.result !== 'accepted')
        return this.#reply(errand, {
          code: 'TEST_NOT_SENT',
          result: result?.result ?? 'unknown',
          reason: result && 'reason' in result ? result.reason : 'unknown',
        });
    }
    return this.#reply(errand, undefined);
  }

  async #reply(errand: ErrandMessage, rejection: ReplyMessage['rejection']): Promise<void> {
    if (errand.kind !== 'test' || errand.replyTo === undefined) return;
    const reply: ReplyMessage = {
      v: 1,
      commandId: errand.errandId,
      broadcastId: errand.broadcastId,
      accepted: rejection === undefined,
      revision: 0,
      ...(rejection ? { rejection } : {}),
    };
    await this.#deps.bus.publish([
      {
        topic: topics.replies,
        partitionBy: errand.replyTo,
        key: errand.errandId,
        value: reply,
      },
    ]);
  }
}

const linkOfTest = (
  elements: Extract<ErrandMessage, { kind: 'test' }>['elements'],
  button: number,
): string => {
  const found = buttonsOf(elements)[button];
  return found && 'url' in found ? found.url : '';
};
