import type { Exchanged, Letter, SendResult } from '@crier/connector';
import { MOST_CALLS, MOST_PEERS } from '../limits.ts';
import type { Pacer } from './pacer.ts';
import { callOf, outcomesOf, requestOf, type Group, type Outcome, type Waiting } from './groups.ts';

/** What an outbox needs of its token. */
export interface OutboxOptions {
  readonly pacer: Pacer;
  /** Makes a request at once. Never rejects. */
  readonly exchange: (request: ReturnType<typeof requestOf>) => Promise<Exchanged>;
  /** Characters of one program. */
  readonly codeLength: number;
  /** Requests that may wait for their answers; what comes then waits here, for company. */
  readonly underWay: number;
}

const UNANSWERED: SendResult = { result: 'unknown', reason: 'unanswered' };

const halvesOf = ({ body, waiting }: Group): readonly Group[] => {
  const middle = Math.ceil(waiting.length / 2);
  return [
    { body, waiting: waiting.slice(0, middle) },
    { body, waiting: waiting.slice(middle) },
  ];
};

/**
 * The messages of one token that wait for their turn: equal ones share a call, calls share a request, and what comes
 * meanwhile joins the next one.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  #letters: Waiting[] = [];
  /** Pieces of calls that were refused because of one of their recipients: they stay apart. */
  #pieces: Group[] = [];
  /** Calls of programs that were refused because of one of them. */
  #alone: Group[] = [];
  #isLeaving = false;
  #underWay = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Lets a letter leave with whatever else is there when its turn comes. Never rejects. */
  send({ address, part }: Letter): Promise<SendResult> {
    const result = new Promise<SendResult>((done) => {
      this.#letters.push({ address, part, done });
    });
    if (!this.#isLeaving) void this.#leave();
    return result;
  }

  async #leave(): Promise<void> {
    if (this.#isLeaving) return;
    this.#isLeaving = true;
    while (this.#mayLeave()) {
      await this.#options.pacer.turn();
      void this.#send(this.#take());
    }
    this.#isLeaving = false;
  }

  #mayLeave(): boolean {
    const waiting = this.#letters.length + this.#pieces.length + this.#alone.length;
    return waiting > 0 && this.#underWay < this.#options.underWay;
  }

  async #send(groups: readonly Group[]): Promise<void> {
    this.#underWay += 1;
    const exchanged = await this.#options.exchange(requestOf(groups));
    this.#underWay -= 1;
    outcomesOf(exchanged, groups).forEach((outcome, index) => {
      const group = groups[index];
      if (group !== undefined) this.#settle(group, outcome);
    });
    void this.#leave();
  }

  #settle(group: Group, outcome: Outcome): void {
    if ('again' in outcome) {
      if (outcome.again === 'alone') this.#alone.push(group);
      else this.#pieces.push(...halvesOf(group));
      return;
    }
    for (const { address, done } of group.waiting)
      done('all' in outcome ? outcome.all : (outcome.each.get(address) ?? UNANSWERED));
  }

  #take(): readonly Group[] {
    const alone = this.#alone.shift();
    if (alone !== undefined) return [alone];
    const groups = [...this.#pieces, ...this.#gathered()];
    const fitting = this.#fitting(groups);
    const left = new Set(groups.slice(fitting));
    this.#pieces = this.#pieces.filter((piece) => left.has(piece));
    const taken = new Set(groups.slice(0, fitting).flatMap(({ waiting }) => waiting));
    this.#letters = this.#letters.filter((letter) => !taken.has(letter));
    return groups.slice(0, fitting);
  }

  /** The letters in groups, oldest first; of those that make a group too large the last ones wait. */
  #gathered(): readonly Group[] {
    const open = new Map<string, Waiting[]>();
    const groups: { readonly body: string; readonly waiting: Waiting[] }[] = [];
    for (const letter of this.#letters) {
      const { body } = letter.part;
      const known = open.get(body);
      if (known !== undefined && known.length < MOST_PEERS) known.push(letter);
      else if (groups.length < MOST_CALLS) {
        const waiting = [letter];
        open.set(body, waiting);
        groups.push({ body, waiting });
      }
    }
    return groups;
  }

  /** How many of these groups one request can carry: one at least. */
  #fitting(groups: readonly Group[]): number {
    let length = 0;
    for (const [index, group] of groups.slice(0, MOST_CALLS).entries()) {
      length += callOf(group).length;
      if (index > 0 && length > this.#options.codeLength) return index;
    }
    return Math.min(groups.length, MOST_CALLS);
  }
}
