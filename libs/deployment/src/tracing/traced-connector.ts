import {
  Connector,
  type Assets,
  type Compiled,
  type ContentProblem,
  type MediaReader,
  type Part,
  type Press,
  type Sender,
  type SendResult,
  type WebhookReading,
  type WebhookRequest,
} from '@crier/connector';
import type { Element } from '@crier/contracts';
import { context, SpanKind, type Tracer } from '@opentelemetry/api';
import { asStep, isTraced } from './steps.ts';

/** A connector whose requests to the messenger are steps of the trace that they follow from. */
export class TracedConnector extends Connector {
  readonly channel;
  readonly capabilities;
  override readonly batch;
  override readonly sharesRefs;
  override readonly ownSecrets;
  readonly #inner: Connector;
  readonly #tracer: Tracer;

  constructor(inner: Connector, tracer: Tracer) {
    super();
    this.channel = inner.channel;
    this.capabilities = inner.capabilities;
    this.batch = inner.batch;
    this.sharesRefs = inner.sharesRefs;
    this.ownSecrets = inner.ownSecrets;
    this.#inner = inner;
    this.#tracer = tracer;
  }

  check(elements: readonly Element[]): readonly ContentProblem[] {
    return this.#inner.check(elements);
  }

  override warnings(elements: readonly Element[]): readonly ContentProblem[] {
    return this.#inner.warnings(elements);
  }

  prepare(
    sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    return this.#request('prepare', sender, () =>
      this.#inner.prepare(sender, elements, media, known),
    );
  }

  compile(elements: readonly Element[], assets: Assets): Compiled {
    return this.#inner.compile(elements, assets);
  }

  send(sender: Sender, address: string, part: Part): Promise<SendResult> {
    return this.#request('send', sender, () => this.#inner.send(sender, address, part));
  }

  readWebhook(sender: Sender, request: WebhookRequest): WebhookReading | Promise<WebhookReading> {
    return this.#inner.readWebhook(sender, request);
  }

  answerPress(sender: Sender, press: Press, text?: string): Promise<SendResult> {
    return this.#request('answer', sender, () => this.#inner.answerPress(sender, press, text));
  }

  connect(sender: Sender, webhookUrl: string | undefined): Promise<{ readonly name: string }> {
    return this.#request('connect', sender, () => this.#inner.connect(sender, webhookUrl));
  }

  close(): Promise<void> {
    return this.#inner.close();
  }

  #request<Answer extends object>(
    verb: string,
    { id }: Sender,
    ask: () => Promise<Answer>,
  ): Promise<Answer> {
    const parent = context.active();
    if (!isTraced(parent)) return ask();
    const name = `${verb} ${this.channel}`;
    const step = { name, kind: SpanKind.CLIENT, attributes: { 'crier.bot': id } };
    return asStep(this.#tracer, step, parent, async (span) => {
      const answer = await ask();
      if ('result' in answer) span.setAttribute('crier.outcome', String(answer.result));
      if ('reason' in answer) span.setAttribute('crier.reason', String(answer.reason));
      return answer;
    });
  }
}
