import type { SendResult } from '@crier/connector';
import type { Clock } from '@crier/kernel';
import type { AttemptResult } from '../domain/turn.ts';

export interface TroubleLimits {
  /** The same content refused for so many people before anybody accepted it holds the broadcast. */
  readonly contentRefusals: number;
  /** Of the last so many results … */
  readonly breakerWindow: number;
  /** … this part failed: the breaker holds the broadcast. */
  readonly breakerShare: number;
  /** A recipient is tried so often through passing troubles of the messenger. */
  readonly tries: number;
}

export const TROUBLE_LIMITS: TroubleLimits = {
  contentRefusals: 3,
  breakerWindow: 100,
  breakerShare: 0.8,
  tries: 5,
};

export type Alarm =
  | { readonly scope: 'lane'; readonly reason: 'bot_stopped'; readonly detail: string }
  | {
      readonly scope: 'broadcast';
      readonly reason: 'content_refused' | 'breaker';
      readonly detail: string;
    };

/**
 * One recipient's trouble stays that recipient's (P7): decides which answers are that, and which mean that the whole lane or
 * broadcast has to be held; then they are "not accepted", so that their recipients wait and nobody is burnt.
 */
export class Trouble {
  readonly #limits: TroubleLimits;
  readonly #clock: Clock;
  readonly #alarm: (alarm: Alarm) => void;
  readonly #tries = new Map<number, number>();
  readonly #contentRefused = new Set<number>();
  #accepted = false;
  readonly #last: boolean[] = [];
  #failures = 0;

  constructor(deps: {
    readonly limits: TroubleLimits;
    readonly clock: Clock;
    readonly alarm: (alarm: Alarm) => void;
  }) {
    this.#limits = deps.limits;
    this.#clock = deps.clock;
    this.#alarm = deps.alarm;
  }

  /** Somebody accepted this content before: a refusal is about the person. */
  contentWasAccepted(): void {
    this.#accepted = true;
  }

  /** A recipient accepted everything. */
  accepted(index: number): void {
    this.#accepted = true;
    this.#tries.delete(index);
    this.#note(false);
  }

  /** Forgets what led to a hold: the operator wants to try again. */
  reset(): void {
    this.#last.length = 0;
    this.#failures = 0;
    this.#contentRefused.clear();
  }

  judge(index: number, result: SendResult): AttemptResult {
    switch (result.result) {
      case 'gone':
      case 'refused':
        return this.#failed(result.reason);
      case 'content_refused':
        return this.#content(index, result.reason);
      case 'bot_stopped':
        this.#alarm({ scope: 'lane', reason: 'bot_stopped', detail: result.reason });
        return { kind: 'notAccepted', reason: result.reason };
      case 'later':
        return this.#later(
          index,
          result.reason,
          result.pause === 'bot' ? 0 : result.afterMs,
          result.pause,
        );
      case 'unknown':
        return { kind: 'unknown', reason: result.reason };
      case 'moved':
        return { kind: 'refused', reason: 'moved_too_often' };
      case 'accepted':
        return { kind: 'accepted' };
    }
  }

  #failed(reason: string): AttemptResult {
    if (!this.#note(true)) return { kind: 'refused', reason };
    this.#alarm({ scope: 'broadcast', reason: 'breaker', detail: reason });
    return { kind: 'notAccepted', reason: 'breaker' };
  }

  #content(index: number, reason: string): AttemptResult {
    const again = this.#contentRefused.has(index);
    if (this.#accepted || again) return this.#failed(reason);
    this.#contentRefused.add(index);
    if (this.#contentRefused.size >= this.#limits.contentRefusals)
      this.#alarm({ scope: 'broadcast', reason: 'content_refused', detail: reason });
    return { kind: 'notAccepted', reason };
  }

  #later(
    index: number,
    reason: string,
    afterMs: number,
    pause: 'bot' | 'recipient',
  ): AttemptResult {
    const tries = (this.#tries.get(index) ?? 0) + 1;
    if (pause === 'recipient' && tries >= this.#limits.tries) {
      this.#tries.delete(index);
      return this.#failed(reason);
    }
    if (pause === 'recipient') this.#tries.set(index, tries);
    const wait = afterMs * 2 ** (tries - 1);
    return {
      kind: 'notAccepted',
      reason,
      ...(wait > 0
        ? { notBefore: new Date(Date.parse(this.#clock.now()) + wait).toISOString() }
        : {}),
    };
  }

  /** Notes a result; true when the breaker trips. */
  #note(failed: boolean): boolean {
    this.#last.push(failed);
    if (failed) this.#failures += 1;
    if (this.#last.length <= this.#limits.breakerWindow) return false;
    if (this.#last.shift() === true) this.#failures -= 1;
    return failed && this.#failures > this.#limits.breakerWindow * this.#limits.breakerShare;
  }
}
