import type { Instant } from '@crier/kernel';

/** The HTTP answer that was given to a command, for replays. */
export interface KeptAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** What became of a command. */
export interface CommandOutcome {
  readonly accepted: boolean;
  readonly broadcastId: string;
  readonly revision: number;
  readonly rejection?: { readonly code: string; readonly [field: string]: unknown };
}

export interface CommandEntry {
  readonly id: string;
  /** The token that asked. */
  readonly tokenId: string;
  /** SHA-256 of method, path and body: the same key with another one is refused. */
  readonly fingerprint: string;
  readonly askedAt: Instant;
  /** Absent while nobody knows. */
  readonly outcome?: CommandOutcome;
  /** Absent until the first request was answered. */
  readonly answer?: KeptAnswer;
}

/** The commands of clients, by id. Durable before it answers. All throw Unavailable. */
export abstract class CommandLog {
  /** Keeps the entry unless the id is known; gives what is kept. */
  abstract begin(entry: CommandEntry): Promise<CommandEntry>;
  abstract find(id: string): Promise<CommandEntry | undefined>;
  /** Notes what became of a known command; the first outcome stays. */
  abstract settle(id: string, outcome: CommandOutcome): Promise<void>;
  /** Notes the answer that was given; the first one stays. */
  abstract answered(id: string, answer: KeptAnswer): Promise<void>;
  /** Forgets what was asked before this moment; tells how many. */
  abstract forget(before: Instant): Promise<number>;
}
