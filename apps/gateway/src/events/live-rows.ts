import type { Clock, Log } from '@crier/kernel';
import type { ReadModels } from '@crier/statistics';
import { PassThrough, type Readable } from 'node:stream';
import { Answer } from '../http/answer.ts';
import { Problem } from '../problems/problem.ts';
import type { ShownRows } from '../broadcasts/shown-rows.ts';
import { OneRowWatch, TableWatch, type Change, type RowWatch } from './row-watch.ts';

export interface LiveRowsDeps {
  readonly readModels: ReadModels;
  readonly shown: ShownRows;
  readonly clock: Clock;
  readonly log: Log;
  /** Listeners at most. */
  readonly most: number;
}

const LOOK_MS = 250;
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 2_000;
/** A listener that does not read so many bytes is dropped; it comes again and gets the newest. */
const MOST_UNREAD = 1_000_000;
const TABLE = 'table';

const frameOf = (change: Change): string =>
  'row' in change
    ? `event: row\ndata: ${JSON.stringify(change.row)}\n\n`
    : `event: gone\ndata: ${JSON.stringify({ id: change.gone })}\n\n`;

interface Channel {
  readonly watch: RowWatch;
  readonly listeners: Set<PassThrough>;
  readonly ended: AbortController;
  /** What a listener that comes later is told first. */
  newest: string;
}

/** Tells listeners (server-sent events) when rows change. Rows are looked at once for all who listen to the same. */
export class LiveRows {
  readonly #deps: LiveRowsDeps;
  readonly #channels = new Map<string, Channel>();
  readonly #stopping = new AbortController();
  #count = 0;

  constructor(deps: LiveRowsDeps) {
    this.#deps = deps;
  }

  /** The row of one broadcast, first as it is, then at every change. @throws Problem TOO_MANY_STREAMS */
  open(id: string): Answer<Readable> {
    return this.#listen(id, () => new OneRowWatch(this.#deps, id));
  }

  /** The rows that change from now on. @throws Problem TOO_MANY_STREAMS */
  openTable(): Answer<Readable> {
    return this.#listen(TABLE, () => new TableWatch(this.#deps));
  }

  /** Ends all streams; clients come again by themselves. */
  stop(): void {
    this.#stopping.abort();
    for (const { listeners, ended } of this.#channels.values()) {
      ended.abort();
      for (const listener of listeners) listener.end();
    }
  }

  #listen(key: string, watch: () => RowWatch): Answer<Readable> {
    if (this.#count >= this.#deps.most || this.#stopping.signal.aborted)
      throw new Problem('TOO_MANY_STREAMS', 'No more live streams can be open now; try again.', {
        headers: { 'retry-after': '5' },
      });
    const stream = new PassThrough();
    const channel = this.#channels.get(key) ?? this.#start(key, watch());
    channel.listeners.add(stream);
    this.#count += 1;
    stream.once('close', () => {
      this.#leave(key, channel, stream);
    });
    stream.write(`retry: ${RETRY_MS}\n\n${channel.newest}`);
    return new Answer(200, stream, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      // The connection ends with the stream; kept alive, it would keep a closing server waiting.
      connection: 'close',
    });
  }

  #leave(key: string, channel: Channel, stream: PassThrough): void {
    if (!channel.listeners.delete(stream)) return;
    this.#count -= 1;
    if (channel.listeners.size > 0) return;
    channel.ended.abort();
    if (this.#channels.get(key) === channel) this.#channels.delete(key);
  }

  #start(key: string, watch: RowWatch): Channel {
    const channel: Channel = {
      watch,
      listeners: new Set(),
      ended: new AbortController(),
      newest: '',
    };
    this.#channels.set(key, channel);
    void this.#follow(key, channel);
    return channel;
  }

  async #follow(key: string, channel: Channel): Promise<void> {
    const { clock, log } = this.#deps;
    let spokeAt = clock.monotonicMs();
    while (!channel.ended.signal.aborted) {
      try {
        const text = (await channel.watch.changes()).map(frameOf).join('');
        const isSilent = clock.monotonicMs() - spokeAt >= HEARTBEAT_MS;
        if (text !== '' || isSilent) {
          this.#tell(channel, text === '' ? ': alive\n\n' : text);
          spokeAt = clock.monotonicMs();
        }
        if (text !== '' && key !== TABLE) channel.newest = text;
      } catch (error) {
        log.warn('rows could not be read for live streams', { error: String(error) });
      }
      await clock.sleep(LOOK_MS, channel.ended.signal);
    }
  }

  #tell({ listeners }: Channel, text: string): void {
    for (const listener of listeners)
      if (listener.writableLength > MOST_UNREAD) listener.destroy();
      else listener.write(text);
  }
}
