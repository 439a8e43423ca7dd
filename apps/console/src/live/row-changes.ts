import type { EventSourceMessage } from 'eventsource-parser';
import type { BroadcastRow } from '../api/types.ts';

/** Rows by id as they are now; null: not listed any more. */
export type RowChanges = ReadonlyMap<string, BroadcastRow | null>;

const PAUSE_MS = 250;

const changeIn = ({
  event,
  data,
}: EventSourceMessage): [string, BroadcastRow | null] | undefined => {
  if (event === 'row') {
    const row = JSON.parse(data) as BroadcastRow;
    return [row.id, row.status === 'deleted' ? null : row];
  }
  return event === 'gone' ? [(JSON.parse(data) as { readonly id: string }).id, null] : undefined;
};

/** Gathers changes for a moment, so that many rows that move at once are drawn at once. */
export class RowGatherer {
  readonly #apply: (changes: RowChanges) => void;
  #changes = new Map<string, BroadcastRow | null>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(apply: (changes: RowChanges) => void) {
    this.#apply = apply;
  }

  take(event: EventSourceMessage): void {
    const change = changeIn(event);
    if (!change) return;
    this.#changes.set(...change);
    this.#timer ??= setTimeout(() => {
      this.#flush();
    }, PAUSE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #flush(): void {
    this.#timer = undefined;
    const changes = this.#changes;
    this.#changes = new Map();
    this.#apply(changes);
  }
}
