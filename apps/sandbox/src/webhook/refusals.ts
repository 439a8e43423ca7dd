import type { Answer } from '../answers.ts';

/** Why nothing of a request is taken; `code` is told with it. */
export interface Refusal {
  readonly status: number;
  readonly code?: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

/** Words that rules of every channel have, as a receiver says them. */
export const REFUSALS = {
  blocked: { status: 410, code: 'blocked' },
  deactivated: { status: 410, code: 'deactivated' },
  unauthorized: { status: 401 },
  flood: { status: 429, retryAfter: 1 },
} as const satisfies Readonly<Record<string, Refusal>>;

type RefusalKind = keyof typeof REFUSALS;

export const REFUSAL_KINDS = Object.keys(REFUSALS) as readonly RefusalKind[];

/** A refusal that a rule names. */
export interface RefusingDeed {
  readonly kind: RefusalKind;
  /** Of a flood, in seconds. */
  readonly retryAfter?: number;
}

/** The answer that says so. */
export const refusal = ({ status, code, retryAfter }: Refusal): Answer => ({
  status,
  body: JSON.stringify({ code }),
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
