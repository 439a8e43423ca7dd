import type { ContactDirectory } from '@crier/audience';
import {
  elementsFor,
  type Channel,
  type Contact,
  type MessageContent,
  type VariableValue,
} from '@crier/contracts';
import type { ContentChecker } from '../ports/content-checker.ts';
import type { Previewer, PreviewPart } from '../ports/previewer.ts';
import { Problem } from '../problems/problem.ts';

export interface Preview {
  readonly contactId?: string;
  readonly channels: readonly {
    readonly channel: Channel;
    readonly botId?: string;
    readonly parts: readonly PreviewPart[];
  }[];
}

export interface PreviewsDeps {
  readonly directory: ContactDirectory;
  readonly previewer: Previewer;
  readonly checker: ContentChecker;
}

/** A message as one person would see it, or as somebody would of whom nothing is known. */
export class Previews {
  readonly #deps: PreviewsDeps;

  constructor(deps: PreviewsDeps) {
    this.#deps = deps;
  }

  /** @throws Problem CONTACT_NOT_FOUND; Unavailable */
  async of(content: MessageContent | undefined, contactId: string | undefined): Promise<Preview> {
    if (contactId === undefined) return { channels: await this.#forAll(content) };
    const contact = await this.#deps.directory.get(contactId);
    if (!contact) throw new Problem('CONTACT_NOT_FOUND', 'contactId: There is no such contact.');
    return { contactId, channels: await this.#forContact(content, contact) };
  }

  async #forAll(content: MessageContent | undefined): Promise<Preview['channels']> {
    const channels = await this.#deps.checker.channels();
    const shown = await Promise.all(
      channels.map(async (channel) => ({
        channel,
        parts: await this.#parts(channel, content, {}),
      })),
    );
    return shown.filter(({ parts }) => parts.length > 0);
  }

  async #forContact(
    content: MessageContent | undefined,
    contact: Contact,
  ): Promise<Preview['channels']> {
    const known = await this.#deps.checker.channels();
    const reachable = contact.connections.filter(({ channel }) => known.includes(channel));
    return Promise.all(
      reachable.map(async ({ botId, channel }) => {
        const cards = await this.#deps.directory.cards(botId, [contact.id]);
        const variables = cards.get(contact.id)?.variables ?? {};
        return { channel, botId, parts: await this.#parts(channel, content, variables) };
      }),
    );
  }

  async #parts(
    channel: Channel,
    content: MessageContent | undefined,
    variables: Readonly<Record<string, VariableValue>>,
  ): Promise<readonly PreviewPart[]> {
    const elements = content === undefined ? [] : elementsFor(content, channel);
    return elements.length === 0 ? [] : this.#deps.previewer.preview(channel, elements, variables);
  }
}
