import { AppError } from '@crier/kernel';

/** One thing that is wrong with a request. */
export interface Fault {
  /** Path into the body, the query or the headers: `elements[0].buttons[2].label`. */
  readonly path: string;
  /** Stable; for programs. */
  readonly code: string;
  /** A sentence with the fix; for people. */
  readonly message: string;
}

interface Extra {
  readonly errors?: readonly Fault[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is answered with `application/problem+json`. The status follows from the code. */
export class Problem extends AppError {
  readonly code: string;
  readonly verdict = 'park';
  readonly errors: readonly Fault[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, detail: string, { errors, headers = {} }: Extra = {}) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.headers = headers;
  }
}
