import type { Capabilities, Channel, Element } from '@crier/contracts';

/** Why content cannot be shown on a channel: where in its elements, a stable code, and a sentence that names the fix. */
export interface ElementProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

/** What the channels say about content. */
export abstract class ContentChecker {
  /** The channels that it can answer for. */
  abstract channels(): Promise<readonly Channel[]>;
  /** Every reason why a channel cannot send these elements; none: it can, or nobody knows the channel. */
  abstract check(
    channel: Channel,
    elements: readonly Element[],
  ): Promise<readonly ElementProblem[]>;
  /** What a channel can send, and would show better otherwise. */
  abstract warnings(
    channel: Channel,
    elements: readonly Element[],
  ): Promise<readonly ElementProblem[]>;
  /** What a channel can show; undefined where nobody knows. */
  abstract capabilities(channel: Channel): Promise<Capabilities | undefined>;
}
