import type {
  Audience,
  BroadcastStatus,
  ButtonKind,
  HoldReason,
  MessageContent,
  RetryWhat,
  StartAt,
} from '@crier/contracts';

/** What the API answers, as far as the terminal shows it. */
export interface Sums {
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly waiting: number;
}

export interface Row extends Sums {
  readonly id: string;
  readonly name: string;
  readonly status: BroadcastStatus;
  readonly held: readonly {
    readonly lane?: number;
    readonly reason: HoldReason;
    readonly detail?: string;
  }[];
  readonly delivered: number | null;
  readonly opened: number | null;
  readonly clickedBuy: number;
  readonly clickedLink: number;
  readonly clickedMessage: number;
  readonly orders: number;
  readonly sales: number;
  readonly channels: readonly string[];
  readonly speed: number;
  readonly createdAt: string;
  readonly sendAt: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly progressAt: string | null;
  readonly revision: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

export interface Forecast {
  readonly matched: number;
  readonly planned: number;
  readonly perBot: readonly {
    readonly botId: string;
    readonly channel: string;
    readonly count: number;
    readonly seconds: number;
  }[];
  readonly excluded: Readonly<Record<string, number>>;
  readonly speed: number;
  readonly parts: number;
  readonly durationSeconds: number;
  readonly startsAt: string;
  readonly finishesAt: string;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
}

export interface Activated extends Row {
  readonly start: StartAt;
}

export interface Minute {
  readonly minute: string;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly clicks: number;
}

export interface Report {
  readonly row: Row;
  readonly message: MessageContent | null;
  readonly audience: Audience;
  readonly settings: { readonly speed: number };
  readonly start: StartAt | null;
  readonly excluded: Readonly<Record<string, number>>;
  readonly lanes: readonly (Sums & {
    readonly lane: number;
    readonly botId: string;
    readonly channel: string;
    readonly held: HoldReason | null;
    readonly completed: boolean;
  })[];
  readonly buttons: readonly {
    readonly button: number;
    readonly kind: ButtonKind;
    readonly label: string;
    readonly channel: string;
    readonly clicks: number;
    readonly people: number;
    readonly orders: number;
    readonly sales: number;
  }[];
  readonly channels: readonly {
    readonly channel: string;
    readonly orders: number;
    readonly sales: number;
  }[];
  readonly revenue: readonly {
    readonly currency: string;
    readonly amount: number;
    readonly refunded: number;
    readonly incomplete?: true;
  }[];
  readonly reasons: Readonly<
    Record<'failed' | 'skipped' | 'unconfirmed', Readonly<Record<string, number>>>
  >;
  readonly timeline: readonly Minute[];
  readonly retries: readonly {
    readonly order: number;
    readonly what: RetryWhat;
    readonly at: string;
  }[];
}

export interface ImportJob {
  readonly id: string;
  readonly name: string;
  readonly state: 'running' | 'done' | 'failed';
  readonly progress: {
    readonly rows: number;
    readonly created: number;
    readonly changed: number;
    readonly failed: number;
    readonly bytes: number;
  };
  readonly reason?: string;
  readonly message?: string;
  readonly report?: string;
}

export interface Bot {
  readonly id: string;
  readonly channel: string;
  readonly name: string;
  readonly rate: number;
  readonly credentials: readonly string[];
  readonly apiUrl?: string;
  readonly forwardTo?: string;
}

/** A bot just registered, with the secrets that were made up for it: shown this once. */
export interface BotRegistered extends Bot {
  readonly secrets?: Readonly<Record<string, string>>;
}

export interface ChannelShown {
  readonly channel: string;
  readonly alive: boolean;
  readonly instances: number;
  readonly capabilities: { readonly version: string };
}

export interface ProjectionShown {
  readonly projection: string;
  readonly version: number;
  readonly position: string | null;
  readonly recordedAt: string | null;
  readonly rebuilding: boolean;
}

export interface Verification {
  readonly ok: boolean;
  readonly broadcasts: readonly {
    readonly id: string;
    readonly ok: boolean;
    readonly differences: readonly string[];
  }[];
}

/** `application/problem+json`. */
export interface ProblemDocument {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly {
    readonly path: string;
    readonly code: string;
    readonly message: string;
  }[];
}
