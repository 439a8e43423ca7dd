import type { LifecycleMessage } from '@crier/contracts';
import { UNKNOWN_BROADCAST, viewAfter, type BroadcastView } from '../domain/broadcast-view.ts';

/**
 * What an owner knows of its broadcast: the stream as folded when it adopted, then news of a higher revision (R17, R18). News that
 * comes before the fold, or over a gap, takes effect at once and is laid over the next fold.
 */
export class BroadcastNews {
  view: BroadcastView = UNKNOWN_BROADCAST;
  #folded = false;
  #gap = false;
  readonly #early: LifecycleMessage[] = [];

  /** The stream has to be folded: for the first time, or again because news was missed. */
  get isStale(): boolean {
    return !this.#folded || this.#gap;
  }

  /** False: already known, or older than what is known. */
  hear(news: LifecycleMessage): boolean {
    if (this.isStale) this.#early.push(news);
    const before = this.view;
    this.view = after(before, news);
    if (this.view === before) return false;
    this.#gap ||= this.#folded && news.revision > before.revision + 1;
    return true;
  }

  /** Starts from the stored truth, then lays over it what was heard meanwhile and is newer. */
  fold(stored: BroadcastView): void {
    this.#folded = true;
    this.#gap = false;
    this.view = this.#early.splice(0).reduce(after, stored);
  }
}

const after = (
  view: BroadcastView,
  { event, revision, recordedAt }: LifecycleMessage,
): BroadcastView => viewAfter(view, event, revision, recordedAt);
