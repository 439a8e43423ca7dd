import type { Fields } from '@crier/kernel';

/** What a projector's thread is started with. */
export interface ProjectorThreadData {
  /** Path of the event store's file. */
  readonly events: string;
  readonly readModels: string;
}

export type ProjectorAsk = 'start' | 'rebuild' | 'status' | 'verify' | 'stop';

/** From the parent. */
export interface ProjectorRequest {
  readonly id: number;
  readonly ask: ProjectorAsk;
}

/** To the parent. */
export type ProjectorReport =
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | {
      readonly kind: 'refusal';
      readonly id: number;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'lags'; readonly ms: readonly number[] }
  | {
      readonly kind: 'log';
      readonly level: 'error' | 'warn' | 'info';
      readonly message: string;
      readonly fields: Fields;
    };
