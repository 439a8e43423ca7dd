import { status, type ServerWritableStream } from '@grpc/grpc-js';
import type * as Streams from '@eventstore/db-client/generated/streams_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { Ledger, Stored } from './ledger.ts';
import {
  caughtUp,
  checkpoint,
  confirmation,
  eventResponse,
  exception,
  streamNotFound,
  streamOf,
} from './wire.ts';

type Options = Streams.ReadReq.Options;
type Call = ServerWritableStream<Streams.ReadReq, Streams.ReadResp>;
type Wanted = (event: Stored) => boolean;

const PAGE = 200;
const NEWEST = Number.MAX_SAFE_INTEGER;
/** Events scanned between two checkpoints, times the client's own factor: the real server's default. */
const WINDOW = 32;

/** Everything that waits for the next event. */
export class Audience {
  readonly #waiting = new Set<() => void>();

  tell(): void {
    for (const go of [...this.#waiting]) go();
  }

  /** Resolves at the next append, or when the call ends. */
  next(call: Call): Promise<void> {
    return new Promise((resolve) => {
      const go = (): void => {
        this.#waiting.delete(go);
        call.off('cancelled', go);
        resolve();
      };
      this.#waiting.add(go);
      call.on('cancelled', go);
    });
  }
}

const expressionOf = (
  expression: Streams.ReadReq.Options.FilterOptions.Expression | undefined,
): ((text: string) => boolean) => {
  const prefixes = expression?.getPrefixList() ?? [];
  if (prefixes.length > 0) return (text) => prefixes.some((prefix) => text.startsWith(prefix));
  const regex = new RegExp(expression?.getRegex() ?? '');
  return (text) => regex.test(text);
};

const wantedOf = (options: Options): Wanted => {
  const filter = options.getFilter();
  if (!filter) return () => true;
  if (filter.hasStreamIdentifier()) {
    const matches = expressionOf(filter.getStreamIdentifier());
    return ({ stream }) => matches(stream);
  }
  const matches = expressionOf(filter.getEventType());
  return ({ type }) => matches(type);
};

const write = async (call: Call, response: Streams.ReadResp): Promise<void> => {
  if (call.cancelled || call.write(response)) return;
  await new Promise<void>((resolve) => {
    const go = (): void => {
      call.off('drain', go);
      call.off('cancelled', go);
      resolve();
    };
    call.on('drain', go);
    call.on('cancelled', go);
  });
};

/** Where a read begins, the first one included. */
const startOf = (options: Options, ledger: Ledger): number => {
  const all = options.getAll();
  const stream = options.getStream();
  const after = options.hasSubscription() ? 1 : 0;
  if (all) {
    if (all.hasStart()) return 0;
    if (all.hasEnd()) return options.hasSubscription() ? ledger.newest() + 1 : NEWEST;
    return Number(all.getPosition()?.getCommitPosition() ?? 0) + after;
  }
  if (stream?.hasStart()) return 0;
  if (stream?.hasEnd()) return NEWEST;
  return Number(stream?.getRevision() ?? 0) + after;
};

class Read {
  readonly #call: Call;
  readonly #options: Options;
  readonly #ledger: Ledger;
  readonly #wanted: Wanted;
  readonly #backwards: boolean;
  #next: number;

  constructor(call: Call, options: Options, ledger: Ledger) {
    this.#call = call;
    this.#options = options;
    this.#ledger = ledger;
    this.#wanted = wantedOf(options);
    this.#backwards =
      options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.BACKWARDS;
    this.#next = startOf(options, ledger);
  }

  /** Gives what is there, up to the count asked for. */
  async once(): Promise<void> {
    let left = Number(this.#options.getCount());
    for (;;) {
      const page = this.#page(Math.min(PAGE, left));
      if (typeof page === 'string') return this.#refuse(page);
      if (page.length === 0 || left <= 0) break;
      for (const event of page)
        if (this.#wanted(event)) await write(this.#call, eventResponse(event));
      left -= page.length;
      if (this.#call.cancelled) return;
    }
    this.#call.end();
  }

  /** Gives what is there, then what comes, with checkpoints over long stretches that nobody asked for. */
  async follow(audience: Audience): Promise<void> {
    const every =
      WINDOW * Math.max(1, this.#options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
    let scanned = 0;
    let isLive = false;
    await write(this.#call, confirmation('subscription'));
    while (!this.#call.cancelled) {
      const page = this.#page(PAGE);
      if (page === 'deleted') return this.#refuse(page);
      if (page === 'missing' || page.length === 0) {
        const next = audience.next(this.#call);
        if (!isLive) await write(this.#call, caughtUp());
        isLive = true;
        await next;
        continue;
      }
      for (const event of page) {
        scanned += 1;
        if (this.#wanted(event)) await write(this.#call, eventResponse(event));
        if (!this.#options.hasFilter() || scanned < every) continue;
        scanned = 0;
        await write(this.#call, checkpoint(event.position));
      }
    }
  }

  #page(limit: number): readonly Stored[] | 'missing' | 'deleted' {
    const stream = this.#options.getStream();
    const page = stream
      ? (this.#ledger.read(streamOf(stream), this.#next, this.#backwards, limit) ?? 'missing')
      : this.#ledger.readAll(this.#next, this.#backwards, limit);
    if (typeof page === 'string') return page;
    const last = page.at(-1);
    if (last) this.#next = (stream ? last.revision : last.position) + (this.#backwards ? -1 : 1);
    return page;
  }

  async #refuse(why: 'missing' | 'deleted'): Promise<void> {
    const stream = streamOf(this.#options.getStream());
    if (why === 'missing') {
      await write(this.#call, streamNotFound(stream));
      this.#call.end();
    } else
      this.#call.emit(
        'error',
        Object.assign(
          new Error(why),
          exception('stream-deleted', status.FAILED_PRECONDITION, { 'stream-name': stream }),
        ),
      );
  }
}

/** `Read`: one stream or the whole order, once or for ever. */
export const handleRead =
  (ledger: Ledger, audience: Audience) =>
  (call: Call): void => {
    const options = call.request.getOptions();
    if (!options) {
      call.emit(
        'error',
        Object.assign(new Error('options'), exception('missing-options', status.INVALID_ARGUMENT)),
      );
      return;
    }
    call.on('error', () => undefined);
    const read = new Read(call, options, ledger);
    (options.hasSubscription() ? read.follow(audience) : read.once()).catch((error: unknown) => {
      call.emit('error', Object.assign(new Error(String(error)), { code: status.UNAVAILABLE }));
    });
  };
