import { elementsFor, type MessageContent } from '@crier/contracts';
import type { BroadcastReport, HistoryEntry } from '@crier/statistics';
import type { ContentChecker } from '../ports/content-checker.ts';

/** Who wrote the message last, and when; null where nobody has. */
export type Composed = { readonly at: string; readonly actor: string } | null;

export interface Summary {
  /** Elements that each channel shows. A channel with none gets no recipients. */
  readonly elementCounts: Readonly<Record<string, number>>;
  readonly composed: Composed;
}

/** What is told of a message beside itself. */
export class MessageSummaries {
  readonly #checker: ContentChecker;

  constructor(checker: ContentChecker) {
    this.#checker = checker;
  }

  async of({ message, history }: Pick<BroadcastReport, 'message' | 'history'>): Promise<Summary> {
    return { elementCounts: await this.counts(message), composed: composedOf(history) };
  }

  async counts(message: MessageContent | null): Promise<Summary['elementCounts']> {
    if (message === null) return {};
    const known = await this.#checker.channels();
    const channels = new Set([...known, ...Object.keys(message.channels ?? {})]);
    return Object.fromEntries(
      [...channels].map((channel) => [channel, elementsFor(message, channel).length]),
    );
  }
}

const composedOf = (history: readonly HistoryEntry[]): Composed => {
  const last = history.findLast(({ what }) => what === 'MessageComposed');
  return last ? { at: last.at, actor: last.actor } : null;
};
