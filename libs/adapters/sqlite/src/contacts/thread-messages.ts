import type { ContactDirectory, ContactChange } from '@crier/audience';
import type { Channel } from '@crier/contracts';
import type { Instant } from '@crier/kernel';

/** What a directory's thread is told at its start. */
export interface DirectoryThreadData {
  readonly path: string;
}

/** Everything that the thread can be asked, by name: the arguments and the answer. */
export interface Questions {
  count: Question<ContactDirectory['count']>;
  list: Question<ContactDirectory['list']>;
  scan: Question<ContactDirectory['scan']>;
  vocabulary: Question<ContactDirectory['vocabulary']>;
  upsert: (
    world: { readonly now: Instant; readonly channels: Readonly<Record<string, Channel>> },
    changes: readonly ContactChange[],
  ) => ReturnType<ContactDirectory['upsert']>;
  fold: () => Promise<void>;
}

type Question<Method extends (...args: never[]) => Promise<unknown>> = (
  ...args: Parameters<Method>
) => ReturnType<Method>;

export interface Asked<Name extends keyof Questions = keyof Questions> {
  readonly id: number;
  readonly name: Name;
  readonly args: Parameters<Questions[Name]>;
}

export type Answered =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly refused: { readonly code: string; readonly message: string } };

/** The last message to the thread. */
export const CLOSE = 'close';
