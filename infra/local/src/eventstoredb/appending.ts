import {
  status,
  type sendUnaryData,
  type ServerDuplexStream,
  type ServerReadableStream,
} from '@grpc/grpc-js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import type { Appended, Expected, Ledger, Proposed } from './ledger.ts';
import {
  answerAppend,
  batchResponse,
  bytesOf,
  exception,
  expectedOf,
  MAX_APPEND_BYTES,
  proposedOf,
  streamOf,
} from './wire.ts';

type Result = Appended | { readonly kind: 'too_large' };

interface Waiting {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly Proposed[];
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

/** Appends that arrive together share one flush of the disk. */
export class Appending {
  readonly #ledger: Ledger;
  readonly #onAppended: () => void;
  #waiting: Waiting[] = [];

  constructor(ledger: Ledger, onAppended: () => void) {
    this.#ledger = ledger;
    this.#onAppended = onAppended;
  }

  /** Resolves when it is on the disk, or refused. */
  append(stream: string, expected: Expected, events: readonly Proposed[]): Promise<Result> {
    if (bytesOf(events) > MAX_APPEND_BYTES) return Promise.resolve({ kind: 'too_large' });
    return new Promise((resolve, reject) => {
      if (this.#waiting.length === 0)
        setImmediate(() => {
          this.#flush();
        });
      this.#waiting.push({ stream, expected, events, resolve, reject });
    });
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    try {
      const now = Date.now();
      const results = this.#ledger.together(() =>
        waiting.map(({ stream, expected, events }) =>
          this.#ledger.append(stream, expected, events, now),
        ),
      );
      for (const [i, { resolve }] of waiting.entries()) resolve(results[i] as Result);
      this.#onAppended();
    } catch (error) {
      for (const { reject } of waiting) reject(error);
    }
  }
}

/** `Append`: one call, one append. */
export const handleAppend =
  (appending: Appending) =>
  (
    call: ServerReadableStream<Streams.AppendReq, Streams.AppendResp>,
    answer: sendUnaryData<Streams.AppendResp>,
  ): void => {
    let options: Streams.AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on('data', (request: Streams.AppendReq) => {
      options = request.getOptions() ?? options;
      const message = request.getProposedMessage();
      if (message) events.push(proposedOf(message));
    });
    call.on('error', () => undefined);
    call.on('end', () => {
      const given = options;
      if (!given) {
        answer(exception('missing-options', status.INVALID_ARGUMENT));
        return;
      }
      const stream = streamOf(given);
      const expected = expectedOf(given, () => given.getRevision());
      appending.append(stream, expected, events).then(
        (result) => {
          answerAppend(answer, expected, result, stream);
        },
        (error: unknown) => {
          answer({ code: status.UNAVAILABLE, details: String(error) });
        },
      );
    });
  };

/** `BatchAppend`: many appends in one call, told apart by their correlation ids. */
export const handleBatchAppend =
  (appending: Appending) =>
  (call: ServerDuplexStream<Streams.BatchAppendReq, Streams.BatchAppendResp>): void => {
    const open = new Map<string, { options: Streams.BatchAppendReq.Options; events: Proposed[] }>();
    call.on('data', (request: Streams.BatchAppendReq) => {
      const key = JSON.stringify(request.getCorrelationId()?.toObject());
      const options = request.getOptions();
      const append = open.get(key) ?? (options && { options, events: [] });
      if (!append) return;
      open.set(key, append);
      append.events.push(...request.getProposedMessagesList().map(proposedOf));
      if (!request.getIsFinal()) return;
      open.delete(key);
      const place = append.options;
      const expected = expectedOf(place, () => place.getStreamPosition());
      appending.append(streamOf(place), expected, append.events).then(
        (result) => call.write(batchResponse(request, expected, result, place)),
        (error: unknown) =>
          call.emit('error', Object.assign(new Error(String(error)), { code: status.UNAVAILABLE })),
      );
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
