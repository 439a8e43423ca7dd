import type { Clock, Log } from '@crier/kernel';
import { described, kafkaTypeOf } from '../errors.ts';
import type { Desk } from '../link/desk.ts';
import type { Link, OpenLink } from '../link/link.ts';
import type { Broker } from '../link/protocol.ts';
import { pauseMs, within } from '../signal.ts';
import {
  coordinatorOf,
  joinGroup,
  leaveGroup,
  shareOf,
  type Group,
  type Place,
} from './coordination.ts';

export interface MembershipOptions extends Group {
  /** What is held now, and shall not be given to others. */
  readonly held: () => readonly number[];
  /** From now on exactly these are ours. */
  readonly onAssigned: (partitions: readonly number[]) => void;
  /** Nothing is ours any more, and others may have it. */
  readonly onLost: () => void;
  readonly open: OpenLink;
  readonly desk: Desk;
  readonly clock: Clock;
  readonly log: Log;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const BEATS_A_SESSION = 10;
const LEAVING_MS = 2_000;
/** So many failures in a row are worth a warning, once. */
const WORRYING = 3;

/** A place in a group: joins, sends heartbeats on its own clock, joins again, until it is closed. */
export class Membership {
  readonly #options: MembershipOptions;
  readonly #stopping = new AbortController();
  readonly #running: Promise<unknown>;
  #waking = new AbortController();
  #link: Link | undefined;
  #memberId = '';
  /** Undefined while nothing is ours. */
  #generation: number | undefined;
  #rejoins = false;
  #confirmedMs = -Infinity;
  #joiningMs: number | undefined;

  constructor(options: MembershipOptions) {
    this.#options = options;
    this.#running = Promise.all([this.#run(), this.#watch()]);
  }

  /** Whether the group cannot have given away what we hold: it heard of us within the session timeout. */
  get trusted(): boolean {
    const since = this.#options.clock.monotonicMs() - (this.#joiningMs ?? this.#confirmedMs);
    return this.#generation !== undefined && since < this.#options.sessionTimeoutMs;
  }

  /** Who we are in the group: what a commit has to name. Undefined while we are nobody. */
  get place(): Place | undefined {
    if (this.#generation === undefined) return undefined;
    return { memberId: this.#memberId, generation: this.#generation };
  }

  /** Asks the group to share anew: something was let go of. */
  rejoin(): void {
    this.#rejoins = true;
    this.#wake();
  }

  /** Leaves the group, so that others need not wait for the session to end. */
  async close(): Promise<void> {
    const { group, desk, clock, log } = this.#options;
    this.#stopping.abort();
    this.#wake();
    this.#link?.dispose();
    await within(this.#running, LEAVING_MS, clock); // longer only while a silent broker is called
    this.#generation = undefined;
    if (this.#memberId === '') return;
    const leaving = leaveGroup(desk, this.#options, this.#memberId).catch((error: unknown) => {
      log.debug('group not left', { group, reason: described(error) });
    });
    await within(leaving, LEAVING_MS, clock);
  }

  async #run(): Promise<void> {
    const { open, clock } = this.#options;
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      try {
        this.#link = await open();
        const coordinator = await coordinatorOf(this.#link, this.#options);
        await this.#serve(coordinator, () => (failures = 0));
      } catch (error) {
        failures += 1;
        this.#worry(error, failures);
        await clock.sleep(pauseMs(failures, FIRST_PAUSE_MS, LONGEST_PAUSE_MS), signal);
      } finally {
        this.#link?.dispose();
        this.#link = undefined;
      }
    }
  }

  #worry(error: unknown, failures: number): void {
    if (this.#stopping.signal.aborted) return;
    const { group, log } = this.#options;
    const level = failures === WORRYING ? 'warn' : 'debug';
    log[level]('no contact with the group', { group, failures, reason: described(error) });
  }

  /** A process that was frozen, or cut off, finds out by itself that it is too late. */
  async #watch(): Promise<void> {
    const { clock, sessionTimeoutMs, group, log } = this.#options;
    while (!this.#stopping.signal.aborted) {
      if (this.#generation !== undefined && !this.trusted) {
        log.warn('not heard by the group for too long', { group });
        this.#lose();
      }
      await clock.sleep(sessionTimeoutMs / BEATS_A_SESSION, this.#stopping.signal);
    }
  }

  async #serve(coordinator: Broker, onContact: () => void): Promise<void> {
    const { clock, sessionTimeoutMs } = this.#options;
    while (!this.#stopping.signal.aborted) {
      if (this.#mustJoin()) await this.#join(coordinator);
      else await this.#beat(coordinator);
      onContact();
      if (!this.#mustJoin())
        await clock.sleep(sessionTimeoutMs / BEATS_A_SESSION, this.#waking.signal);
    }
  }

  #mustJoin(): boolean {
    return this.#rejoins || this.#generation === undefined;
  }

  async #beat(coordinator: Broker): Promise<void> {
    const { clock, group } = this.#options;
    const generation = this.#generation ?? -1;
    const sentMs = clock.monotonicMs();
    try {
      const beat = { groupId: group, memberId: this.#memberId, groupGenerationId: generation };
      await coordinator.heartbeat(beat);
      this.#confirmedMs = sentMs;
    } catch (error) {
      this.#afterRefusal(error);
    }
  }

  async #join(coordinator: Broker): Promise<void> {
    const { held, clock, onAssigned } = this.#options;
    this.#rejoins = false;
    this.#joiningMs = clock.monotonicMs();
    try {
      const claim = { generation: this.#generation ?? -1, held: held() };
      const joined = await joinGroup(coordinator, this.#options, this.#memberId, claim);
      this.#memberId = joined.memberId;
      const sentMs = clock.monotonicMs();
      const given = await shareOf(coordinator, this.#options, joined);
      this.#generation = joined.generationId;
      this.#confirmedMs = sentMs;
      if (!this.#stopping.signal.aborted) onAssigned(given);
    } catch (error) {
      this.#rejoins = true;
      this.#afterRefusal(error);
    } finally {
      this.#joiningMs = undefined;
    }
  }

  /** What the group says of us is acted on; anything else is a matter of the connection. */
  #afterRefusal(error: unknown): void {
    const type = kafkaTypeOf(error);
    const rejoinable = ['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID'];
    if (!rejoinable.includes(type ?? '')) throw error;
    this.#rejoins = true;
    if (type !== 'UNKNOWN_MEMBER_ID') return;
    const { group, log } = this.#options;
    log.info('the group went on without this member', { group });
    this.#memberId = '';
    this.#lose();
  }

  #lose(): void {
    if (this.#generation === undefined) return;
    this.#generation = undefined;
    this.#options.onLost();
    this.#wake();
  }

  #wake(): void {
    this.#waking.abort();
    this.#waking = new AbortController();
  }
}
