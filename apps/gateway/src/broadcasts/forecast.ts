import type { BotRegistry } from '@crier/audience';
import type { BroadcastState } from '@crier/broadcast';
import { elementsFor, type Filter, type MessageContent } from '@crier/contracts';
import { sharesOf } from '@crier/delivery';
import type { Clock } from '@crier/kernel';
import type { Previewer } from '../ports/previewer.ts';
import type { Fault } from '../problems/problem.ts';
import type { ContentRules } from './content-rules.ts';
import type { Reach } from './reach.ts';

export interface ForecastDeps {
  readonly bots: BotRegistry;
  readonly reach: Reach;
  readonly previewer: Previewer;
  readonly content: ContentRules;
  readonly clock: Clock;
}

interface LaneForecast {
  readonly botId: string;
  readonly channel: string;
  readonly count: number;
  /** Messages that a recipient gets. */
  readonly parts: number;
  /** Messages per second. */
  readonly share: number;
  readonly seconds: number;
}

/** What activating the broadcast now would do. */
export interface Forecast {
  readonly matched: number;
  readonly planned: number;
  readonly perBot: readonly LaneForecast[];
  readonly excluded: Readonly<Record<string, number>>;
  readonly speed: number;
  readonly parts: number;
  readonly durationSeconds: number;
  readonly startsAt: string;
  readonly finishesAt: string;
  readonly warnings: readonly Fault[];
}

const LOCAL =
  /^https?:\/\/(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[::1\]|[^/]*\.(local|internal)([:/]|$))/i;

const asksStatus = (filter: Filter): boolean => {
  if ('all' in filter) return filter.all.some(asksStatus);
  if ('any' in filter) return filter.any.every(asksStatus) && filter.any.length > 0;
  return 'status' in filter;
};

const localLinks = (content: MessageContent | undefined): readonly Fault[] =>
  content === undefined
    ? []
    : [...urlsIn(content, 'message')]
        .filter(({ url }) => LOCAL.test(url))
        .map(({ path, url }) => ({
          path,
          code: 'LOCAL_LINK',
          message: `${url.slice(0, 200)} cannot be opened from the outside; give a public address.`,
        }));

function* urlsIn(value: unknown, path: string): Generator<{ url: string; path: string }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const at = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    if (name === 'url' && typeof inner === 'string') yield { url: inner, path: at };
    else yield* urlsIn(inner, at);
  }
}

/** Tells how many a broadcast would reach, through which bots, and how long it would take. */
export class Forecasts {
  readonly #deps: ForecastDeps;

  constructor(deps: ForecastDeps) {
    this.#deps = deps;
  }

  /** @throws Unavailable */
  async of(state: BroadcastState): Promise<Forecast> {
    const { content, audience, speed, dueAt } = state;
    const counted = await this.#deps.reach.count(audience, content);
    const perBot = await this.#lanes(state, counted.perBot);
    const now = this.#deps.clock.now();
    const startsAt = dueAt !== undefined && dueAt > now ? dueAt : now;
    const durationSeconds = Math.max(0, ...perBot.map(({ seconds }) => seconds));
    return {
      matched: counted.matched,
      planned: counted.planned,
      perBot,
      excluded: counted.excluded,
      speed,
      parts: Math.max(0, ...perBot.map(({ parts }) => parts)),
      durationSeconds,
      startsAt,
      finishesAt: new Date(Date.parse(startsAt) + durationSeconds * 1_000).toISOString(),
      warnings: await this.#warnings(state, counted.planned),
    };
  }

  async #lanes(
    { content, speed }: BroadcastState,
    perBot: readonly { readonly botId: string; readonly channel: string; readonly count: number }[],
  ): Promise<readonly LaneForecast[]> {
    const rates = new Map((await this.#deps.bots.list()).map(({ id, rate }) => [id, rate]));
    const lanes = await Promise.all(
      perBot.map(async (lane) => ({ ...lane, parts: await this.#parts(content, lane.channel) })),
    );
    const shares = sharesOf(
      speed,
      lanes.map(({ botId, count, parts }, lane) => ({
        lane,
        waiting: count * parts,
        most: rates.get(botId) ?? 1,
      })),
    );
    return lanes.map((lane, index) => {
      const share = shares.get(index) ?? 0;
      const seconds = share > 0 ? Math.ceil((lane.count * lane.parts) / share) : 0;
      return { ...lane, share, seconds };
    });
  }

  async #parts(content: MessageContent | undefined, channel: string): Promise<number> {
    const elements = content === undefined ? [] : elementsFor(content, channel);
    if (elements.length === 0) return 0;
    return this.#deps.previewer.parts(channel, elements);
  }

  async #warnings(
    { content, audience }: BroadcastState,
    planned: number,
  ): Promise<readonly Fault[]> {
    const warnings: Fault[] = [];
    if (!asksStatus(audience.filter))
      warnings.push({
        path: 'audience.filter',
        code: 'STATUS_NOT_ASKED',
        message:
          'The filter does not ask for {"status": "enabled"}: people who cannot be reached are planned too, and skipped.',
      });
    if (content === undefined)
      warnings.push({ path: 'message', code: 'MESSAGE_MISSING', message: 'The message is empty.' });
    else if (planned === 0)
      warnings.push({ path: 'audience', code: 'AUDIENCE_EMPTY', message: 'Nobody is reached.' });
    const ofChannels = content ? await this.#deps.content.warnings(content, 'message.') : [];
    return [...warnings, ...localLinks(content), ...ofChannels];
  }
}
