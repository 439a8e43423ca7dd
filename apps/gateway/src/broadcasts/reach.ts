import { BadCursor, type AudienceCount, type ContactDirectory, type Page } from '@crier/audience';
import { elementsFor, type Audience, type Contact, type MessageContent } from '@crier/contracts';
import type { Clock } from '@crier/kernel';
import type { RoutingReader } from '../audience/routing-reader.ts';
import { Problem } from '../problems/problem.ts';

const CURSOR = /^[\w-]{16}$/;
const SCANNED = 10_000;

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

  /** Those of an audience who would get a place, in order of id. @throws BadCursor, Unavailable */
  async list(
    audience: Audience,
    content: MessageContent | undefined,
    { after, limit }: { readonly after?: string; readonly limit: number },
  ): Promise<Page<Contact>> {
    if (after !== undefined && !CURSOR.test(after))
      throw new BadCursor('this cursor was not given by a page of this list');
    const table = await this.#routing.table(content);
    const now = this.#clock.now();
    const ids: string[] = [];
    let scannedTo = after;
    for (;;) {
      const page = await this.#directory.scan(audience, table, {
        after: scannedTo,
        limit: SCANNED,
        now,
      });
      ids.push(...page.contactIds);
      scannedTo = page.scannedTo;
      if (page.done || ids.length > limit) break;
    }
    const shown = ids.slice(0, limit);
    const found = await Promise.all(shown.map((id) => this.#directory.get(id)));
    const items = found.filter((contact) => contact !== undefined);
    const next = ids.length > limit ? shown.at(-1) : undefined;
    return { items, ...(next === undefined ? {} : { next }) };
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
