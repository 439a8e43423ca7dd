import { createParser } from 'eventsource-parser';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from './api.ts';
import type { Row } from './shapes.ts';

export interface WatchOptions {
  readonly signal: AbortSignal;
  /** Between two looks while there is no stream. @default 500 */
  readonly pollMs?: number;
}

const POLL_MS = 500;
// Without a stream another one is tried only now and then: an old server may have none.
const LOOKS_BETWEEN_STREAMS = 10;

/** Nothing will happen to it any more by itself. */
export const isOver = ({ status, waiting, completedAt }: Row): boolean =>
  status === 'sent' ||
  status === 'deleted' ||
  status === 'draft' ||
  (status === 'stopped' && (completedAt !== null || waiting === 0));

const rowIn = (data: string): Row | undefined => {
  try {
    const value = JSON.parse(data) as Row | null;
    return typeof value === 'object' && value !== null && 'planned' in value ? value : undefined;
  } catch {
    return undefined;
  }
};

async function* streamed(api: Api, id: string, signal: AbortSignal): AsyncGenerator<Row> {
  const { status, body } = await api.events(`/v1/broadcasts/${id}/events`, signal);
  if (status !== 200) {
    await body.dump();
    return;
  }
  const rows: Row[] = [];
  const parser = createParser({
    onEvent: ({ data }) => {
      const row = rowIn(data);
      if (row) rows.push(row);
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    yield* rows.splice(0);
  }
}

/** Ends, without a word, where the connection does. */
async function* whileItLasts(rows: AsyncGenerator<Row>): AsyncGenerator<Row> {
  try {
    yield* rows;
  } catch {
    return;
  }
}

async function* looked(
  api: Api,
  id: string,
  { signal, pollMs = POLL_MS }: WatchOptions,
): AsyncGenerator<Row> {
  for (let looks = 0; !signal.aborted; looks += 1) {
    yield api.get<Row>(`/v1/broadcasts/${id}`);
    if (looks % LOOKS_BETWEEN_STREAMS === 0) yield* whileItLasts(streamed(api, id, signal));
    await sleep(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

/**
 * A broadcast's row whenever it changes, until it is over or the signal aborts: live where the server streams, by asking again and
 * again where it does not, across restarts of the server. The last row given is the final one. @throws ServerRefused, CannotReach
 */
export async function* watchBroadcast(
  api: Api,
  id: string,
  options: WatchOptions,
): AsyncGenerator<Row> {
  for await (const row of looked(api, id, options)) {
    yield row;
    if (isOver(row)) return;
  }
}
