import type { Bot } from '@crier/audience';
import {
  BotConnector,
  ContentChecker,
  Previewer,
  type ElementProblem,
  type PreviewPart,
} from '@crier/gateway';
import { AppError, type Clock } from '@crier/kernel';
import { FillableText, parseRichText, type Connector } from '@crier/connector';
import { buttonsOf, type Channel, type Element, type VariableValue } from '@crier/contracts';
import { randomBytes } from 'node:crypto';

/** No dispatcher here speaks this channel. */
export class UnknownChannel extends AppError {
  readonly code = 'UNKNOWN_CHANNEL';
  readonly verdict = 'park';
}

/** In one process the gateway asks the dispatchers' connectors themselves. */
export class LocalContentChecker extends ContentChecker {
  readonly #connectors: ReadonlyMap<Channel, Connector>;

  constructor(connectors: ReadonlyMap<Channel, Connector>) {
    super();
    this.#connectors = connectors;
  }

  channels(): Promise<readonly Channel[]> {
    return Promise.resolve([...this.#connectors.keys()]);
  }

  check(channel: Channel, elements: readonly Element[]): Promise<readonly ElementProblem[]> {
    return Promise.resolve(this.#connectors.get(channel)?.check(elements) ?? []);
  }
}

/** Registers bots with their messengers. */
export class LocalBotConnector extends BotConnector {
  readonly #connectors: ReadonlyMap<Channel, Connector>;
  readonly #publicUrl: string;

  constructor(connectors: ReadonlyMap<Channel, Connector>, publicUrl: string) {
    super();
    this.#connectors = connectors;
    this.#publicUrl = publicUrl;
  }

  async connect(bot: Bot): Promise<Bot> {
    const connector = this.#connectors.get(bot.channel);
    if (!connector)
      throw new UnknownChannel(`No dispatcher for the channel ${bot.channel}`, {
        channel: bot.channel,
      });
    const webhookSecret = bot.credentials['webhookSecret'] ?? randomBytes(24).toString('base64url');
    const known = { ...bot, credentials: { ...bot.credentials, webhookSecret } };
    const { name } = await connector.connect(
      known,
      `${this.#publicUrl}/hooks/${bot.channel}/${bot.id}`,
    );
    return { ...known, name: bot.name === '' ? name : bot.name };
  }
}

const shown = (element: Element): string =>
  element.type === 'text'
    ? element.text
    : element.type === 'gallery'
      ? element.cards
          .map(({ title, text }) => [title, text].filter(Boolean).join('\n'))
          .join('\n\n')
      : (element.caption ?? '');

/** Shows content with a person's values filled in; styles are left out, as they are each messenger's own. */
export class TextPreviewer extends Previewer {
  readonly #connectors: ReadonlyMap<Channel, Connector>;

  constructor(connectors: ReadonlyMap<Channel, Connector>) {
    super();
    this.#connectors = connectors;
  }

  preview(
    channel: Channel,
    elements: readonly Element[],
    variables: Readonly<Record<string, VariableValue>>,
  ): Promise<readonly PreviewPart[]> {
    const most = this.#connectors.get(channel)?.capabilities.limits.textLength ?? Infinity;
    return Promise.resolve(
      elements.map((element) => ({
        type: element.type,
        text: new FillableText(parseRichText(shown(element)), most).fill(variables).join(''),
        buttons: buttonsOf([element]).map(({ kind, label }) => ({ kind, label })),
      })),
    );
  }
}
