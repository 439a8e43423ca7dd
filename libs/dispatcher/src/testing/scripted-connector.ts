import {
  Connector,
  type Assets,
  type Compiled,
  type ContentProblem,
  type Part,
  type SendResult,
  type Sender,
  type WebhookReading,
} from '@crier/connector';
import type { Capabilities, Element } from '@crier/contracts';
import { seededRandom } from '@crier/kernel/testing';

/** What a messenger did: the referee of "never twice". Shared by all processes of a test. */
export class Referee {
  /** Address and part → how often it was accepted. */
  readonly accepted = new Map<string, number>();
  readonly starts: number[] = [];

  /** Repeats that were recognised by their keys. */
  repeats = 0;
  readonly #keys = new Set<string>();

  /** With a key, a repeat is told from a second message. */
  accept(address: string, part: string, key?: number): void {
    const place = `${address}/${part}`;
    const repeat = `${place}/${key ?? ''}`;
    if (key !== undefined && this.#keys.has(repeat)) {
      this.repeats += 1;
      return;
    }
    this.#keys.add(repeat);
    this.accepted.set(place, (this.accepted.get(place) ?? 0) + 1);
  }

  get twice(): readonly string[] {
    return [...this.accepted].filter(([, times]) => times > 1).map(([key]) => key);
  }
}

/** Chances of trouble per request, in [0, 1]. */
export interface Trouble {
  readonly seed: number;
  readonly blocked?: number;
  readonly flood?: number;
  readonly lost?: number;
  readonly reset?: number;
  readonly latencyMs?: number;
  /** Requests with this token stop the bot. */
  readonly revokedToken?: string;
  /** Messages carry keys, by which repeats are recognised. */
  readonly keyed?: boolean;
  /** The first answer to every address is lost, though the message is not. */
  readonly losesFirst?: boolean;
  /** Messages may be sent for so long after the person's last action. */
  readonly windowMs?: number;
  readonly sharesRefs?: boolean;
  /** Messages that one request could carry. */
  readonly batch?: number;
}

const CAPABILITIES: Capabilities = {
  channel: 'telegram',
  version: 'test',
  reports: { delivered: false, opened: false },
  rate: { standard: 1_000, most: 100_000 },
  elements: ['text'],
  buttons: [],
  limits: {
    textLength: 4_096,
    captionLength: 1_024,
    buttonsPerMessage: 100,
    labelLength: 64,
    galleryCards: { least: 2, most: 10 },
    mediaBytes: 1,
  },
  idempotent: false,
};

/** A messenger in memory, with trouble by seed; every element of the content is one part. */
export class ScriptedConnector extends Connector {
  readonly channel = 'telegram';
  readonly capabilities: Capabilities;
  override readonly sharesRefs: boolean;
  override readonly batch: number;
  readonly #lost = new Set<string>();
  readonly #referee: Referee;
  readonly #trouble: Trouble;
  readonly #random: () => number;
  /** A dead process hears no answers; what left may still arrive. */
  dead = false;

  constructor(referee: Referee, trouble: Trouble) {
    super();
    this.#referee = referee;
    this.#trouble = trouble;
    this.#random = seededRandom(trouble.seed);
    this.sharesRefs = trouble.sharesRefs ?? false;
    this.batch = trouble.batch ?? 1;
    this.capabilities = {
      ...CAPABILITIES,
      idempotent: trouble.keyed ?? false,
      ...(trouble.windowMs === undefined ? {} : { windowMs: trouble.windowMs }),
    };
  }

  check(): readonly ContentProblem[] {
    return [];
  }

  prepare(): Promise<Assets> {
    return Promise.resolve({});
  }

  compile(elements: readonly Element[]): Compiled {
    return {
      parts: elements.length,
      render: ({ keyOf }) =>
        elements.map((_element, index) => ({ method: String(keyOf(index)), body: String(index) })),
    };
  }

  async send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    if (this.dead) return forever();
    this.#referee.starts.push(performance.now());
    const revoked = sender.credentials['token'] === this.#trouble.revokedToken;
    const result: SendResult = revoked
      ? { result: 'bot_stopped', reason: 'unauthorized' }
      : this.#decide(address, part);
    await new Promise((resolve) =>
      setTimeout(resolve, this.#random() * (this.#trouble.latencyMs ?? 2)),
    );
    return this.#heard(result);
  }

  #heard(result: SendResult): SendResult | Promise<SendResult> {
    return this.dead ? forever() : result;
  }

  readWebhook(): WebhookReading {
    return { authentic: false };
  }

  answerPress(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '' });
  }

  connect(): Promise<{ name: string }> {
    return Promise.resolve({ name: 'test' });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #decide(address: string, part: Part): SendResult {
    const { blocked = 0, flood = 0, lost = 0, reset = 0 } = this.#trouble;
    const { keyed = false, losesFirst = false } = this.#trouble;
    if (this.#random() < flood)
      return { result: 'later', reason: 'flood', afterMs: 20, pause: 'bot' };
    if (this.#random() < reset) return { result: 'unknown', reason: 'reset' };
    if (this.#random() < blocked) return { result: 'refused', reason: 'blocked' };
    this.#referee.accept(address, part.body, keyed ? Number(part.method) : undefined);
    const isFirst = !this.#lost.has(address);
    this.#lost.add(address);
    if ((losesFirst && isFirst) || this.#random() < lost)
      return { result: 'unknown', reason: 'timeout' };
    return { result: 'accepted', id: '1' };
  }
}

const forever = (): Promise<never> => new Promise(() => undefined);
