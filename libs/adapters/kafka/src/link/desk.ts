import { AppError, Unavailable, type Log } from '@crier/kernel';
import { described, kafkaTypeOf } from '../errors.ts';
import type { Link, OpenLink } from './link.ts';

/** What a broker may say of one request without anything being wrong with the connection. */
const ABOUT_THE_REQUEST = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'OFFSET_OUT_OF_RANGE',
]);

/** Short questions to the cluster, over one link that all of them share and that is opened anew after a failure. */
export class Desk {
  readonly #open: OpenLink;
  readonly #log: Log;
  #link: Promise<Link> | undefined;
  #closed = false;

  constructor(open: OpenLink, log: Log) {
    this.#open = open;
    this.#log = log;
  }

  /**
   * Asks, and asks once more where the link turns out to be an old one that is broken: questions must bear it.
   * @throws Unavailable  with the cause; an AppError of `question` is passed on
   */
  async ask<T>(question: (link: Link) => Promise<T>): Promise<T> {
    const old = this.#link;
    try {
      return await this.#askOnce(question);
    } catch (error) {
      if (this.#closed || !old || old === this.#link) throw error;
      return this.#askOnce(question);
    }
  }

  close(): void {
    this.#closed = true;
    if (this.#link) this.#giveUp(this.#link);
  }

  async #askOnce<T>(question: (link: Link) => Promise<T>): Promise<T> {
    if (this.#closed) throw new Unavailable('The message bus is closed');
    const opening = (this.#link ??= this.#open());
    try {
      return await question(await opening);
    } catch (error) {
      if (error instanceof AppError && !(error instanceof Unavailable)) throw error;
      if (!ABOUT_THE_REQUEST.has(kafkaTypeOf(error) ?? '')) this.#giveUp(opening);
      throw new Unavailable('Kafka is not available', { reason: described(error) }, error);
    }
  }

  #giveUp(opened: Promise<Link>): void {
    if (this.#link === opened) this.#link = undefined;
    opened.then(
      (link) => {
        link.dispose();
      },
      (error: unknown) => {
        this.#log.debug('no link to Kafka', { reason: described(error) });
      },
    );
  }
}
