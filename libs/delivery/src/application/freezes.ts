import { resolved, type RoutingTable } from '@crier/audience';
import { topics, type ChannelAnnounced } from '@crier/contracts';
import { derivedId } from '@crier/kernel';
import type { AgendaEntry } from '../domain/agenda.ts';
import { Freeze } from './freeze.ts';
import { routingTable } from './routing-table.ts';
import type { SchedulerDeps } from './scheduler.ts';
import { StatisticsGate } from './statistics-gate.ts';

/** Gives a command of a broadcast; again where nothing came of it. */
export type Ask = (
  entry: AgendaEntry,
  type: string,
  data: Record<string, unknown>,
  commandId: string,
) => Promise<void>;

const PATIENCE_MS = 30_000;

/** Forms audiences one at a time, beside everything else. */
export class Freezes {
  readonly #deps: SchedulerDeps;
  readonly #ask: Ask;
  readonly #gate: StatisticsGate;
  readonly #signal: AbortSignal;
  readonly #underWay = new Set<string>();
  #last: Promise<void> = Promise.resolve();

  constructor(deps: SchedulerDeps, ask: Ask, signal: AbortSignal) {
    const { statisticsPatienceMs: patienceMs = PATIENCE_MS } = deps;
    this.#deps = deps;
    this.#ask = ask;
    this.#signal = signal;
    this.#gate = new StatisticsGate({ ...deps, patienceMs });
  }

  /** Somebody waits for the statistics: to be looked at again soon. */
  get isWaiting(): boolean {
    return this.#gate.isWaiting;
  }

  /** Looks after a broadcast that has started: freezes it, or waits, or has it held. @throws Unavailable */
  async look(entry: AgendaEntry): Promise<void> {
    const { broadcastId, revision } = entry;
    if (this.#underWay.has(broadcastId)) return;
    const state = await this.#gate.look(entry);
    if (state === 'open') this.#begin(entry);
    if (state !== 'behind') return;
    const id = derivedId(broadcastId, 'statistics', revision);
    await this.#ask(entry, 'HoldBroadcast', { reason: 'statistics_behind' }, id);
  }

  /** The broadcast is no longer this copy's business. */
  forget(broadcastId: string): void {
    this.#gate.forget(broadcastId);
  }

  /** Resolves when the freeze under way has ended. */
  idle(): Promise<void> {
    return this.#last;
  }

  #begin(entry: AgendaEntry): void {
    const { broadcastId } = entry;
    this.#underWay.add(broadcastId);
    this.#last = this.#last
      .then(async () => {
        if (!this.#signal.aborted) await this.#freeze(entry);
      })
      .catch((error: unknown) => {
        this.#deps.log.warn('freeze interrupted', { broadcastId, error: String(error) });
      })
      .finally(() => this.#underWay.delete(broadcastId));
  }

  async #freeze(entry: AgendaEntry): Promise<void> {
    const { broadcastId, content, startedAt } = entry;
    if (!content) return;
    const routing = await this.#routing(content);
    const audience = await this.#audienceOf(entry);
    const request = { broadcastId, audience, routing, startedAt };
    const { planned, excluded, lanes } = await new Freeze(this.#deps, request).run();
    const told = lanes.map(({ batches: _batches, ...lane }) => lane);
    const data = { planned, lanes: told, excluded };
    await this.#ask(entry, 'FreezeAudience', data, derivedId(broadcastId, 'freeze'));
  }

  /** Who did what is looked up once for all pages: as the statistics have it now, past the start. */
  #audienceOf({ audience, startedAt }: AgendaEntry): ReturnType<typeof resolved> {
    const { behaviours } = this.#deps;
    return behaviours ? resolved(behaviours, audience, startedAt) : Promise.resolve(audience);
  }

  async #routing(content: NonNullable<AgendaEntry['content']>): Promise<RoutingTable> {
    const { bots, bus, clock } = this.#deps;
    const known = await bots.list();
    const announced = await bus.snapshot(topics.channels);
    return routingTable(
      known,
      content,
      announced.map(({ value }) => value as ChannelAnnounced),
      clock.now(),
    );
  }
}
