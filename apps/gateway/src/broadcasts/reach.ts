import type { AudienceCount, ContactDirectory } from '@crier/audience';
import { elementsFor, type Audience, type MessageContent } from '@crier/contracts';
import type { Clock } from '@crier/kernel';
import type { RoutingReader } from '../audience/routing-reader.ts';
import { Problem } from '../problems/problem.ts';

export interface Counted extends AudienceCount {
  /** Who would get a place. */
  readonly planned: number;
}

/** Whom a message reaches now, by the rules of the freeze. */
export class Reach {
  readonly #directory: ContactDirectory;
  readonly #routing: RoutingReader;
  readonly #clock: Clock;

  constructor(directory: ContactDirectory, routing: RoutingReader, clock: Clock) {
    this.#directory = directory;
    this.#routing = routing;
    this.#clock = clock;
  }

  /** Without content, as if every channel had some. @throws Unavailable */
  async count(audience: Audience, content: MessageContent | undefined): Promise<Counted> {
    const table = await this.#routing.table(content);
    const counted = await this.#directory.count(audience, table, this.#clock.now());
    const planned = counted.perBot.reduce((sum, { count }) => sum + count, 0);
    return { ...counted, planned };
  }

  /** @throws Problem MESSAGE_MISSING, AUDIENCE_EMPTY; Unavailable */
  async mustBeSomebody(content: MessageContent, audience: Audience): Promise<void> {
    const own = Object.keys(content.channels ?? {});
    const isEmpty =
      !(content.synchronised && content.elements.length > 0) &&
      own.every((channel) => elementsFor(content, channel).length === 0);
    if (isEmpty)
      throw new Problem(
        'MESSAGE_MISSING',
        'message: No channel has content; add an element first.',
      );
    const { matched, planned, excluded } = await this.count(audience, content);
    if (planned > 0) return;
    const reasons = Object.entries(excluded).map(([reason, count]) => `${reason} ${count}`);
    throw new Problem(
      'AUDIENCE_EMPTY',
      matched === 0
        ? 'audience: The filter finds nobody; widen it.'
        : `audience: The filter finds ${matched}, but the message reaches none of them (${reasons.join(', ')}).`,
    );
  }
}
