import type { Answer, Ledger, Writer } from './writer.ts';

interface Waiting<Request, Value> {
  readonly request: Request;
  readonly resolve: (answer: Answer<Value>) => void;
}

/** Writes in the caller's own thread; what is submitted in one turn is one commit. */
export class InlineWriter<Request, Value> implements Writer<Request, Value> {
  readonly #ledger: Ledger<Request, Value>;
  #waiting: Waiting<Request, Value>[] = [];

  constructor(ledger: Ledger<Request, Value>) {
    this.#ledger = ledger;
  }

  submit(request: Request): Promise<Answer<Value>> {
    if (this.#waiting.length === 0)
      queueMicrotask(() => {
        this.#flush();
      });
    return new Promise((resolve) => this.#waiting.push({ request, resolve }));
  }

  close(): Promise<void> {
    this.#flush();
    this.#ledger.close();
    return Promise.resolve();
  }

  #flush(): void {
    const group = this.#waiting;
    this.#waiting = [];
    if (group.length === 0) return;
    const answers = this.#ledger.commit(group.map(({ request }) => request));
    answers.forEach((answer, index) => group[index]?.resolve(answer));
  }
}
