import type { Channel, Ref, Utm } from '@crier/contracts';
import type { SentPlaces } from '@crier/conversions';

/** Where a ref leads, and who is told of the click. */
export interface LinkTarget {
  readonly url: string;
  readonly kind: 'link' | 'buy';
  readonly botId: string;
  readonly channel: Channel;
  readonly utm?: Utm;
}

/** The targets of links, from what was sent: never from the address that was opened. */
export class LinkTargets {
  readonly #sent: SentPlaces;

  constructor(sent: SentPlaces) {
    this.#sent = sent;
  }

  /** Undefined where the ref names no link that was sent. @throws Unavailable */
  async find(ref: Ref): Promise<LinkTarget | undefined> {
    const found = await this.#sent.find(ref);
    if (!found || found.button.kind === 'message') return undefined;
    const { lane, content, button } = found;
    const { botId, channel } = lane;
    const { utm } = content;
    return { url: button.url, kind: button.kind, botId, channel, ...(utm && { utm }) };
  }
}
