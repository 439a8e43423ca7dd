/** What became of a request: its value after the commit, or a failure of the whole group. */
export type Answer<Value> =
  | { readonly done: true; readonly value: Value }
  | {
      readonly done: false;
      /** False: it may be stored all the same. */
      readonly surelyNot: boolean;
      readonly reason: string;
    };

/** The side that writes: owns the connection. */
export interface Ledger<Request, Value> {
  /** All requests in one transaction, answered after its commit; one answer each, in order. Never throws. */
  commit(requests: readonly Request[]): readonly Answer<Value>[];
  close(): void;
}

/** The side that asks. Requests that wait together are committed together. */
export interface Writer<Request, Value> {
  submit(request: Request): Promise<Answer<Value>>;
  /** Finishes what was submitted, then closes the connection. */
  close(): Promise<void>;
}

/** What a writer's thread is told at its start. */
export interface WriterThreadData {
  readonly path: string;
}

/** The last message to a writer's thread. */
export const CLOSE = 'close';
