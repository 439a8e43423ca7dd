import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import type { Element } from '@crier/contracts';
import type { Assets, Connector, RenderTarget, SendResult, Sender } from '../connector.ts';
import type { ConnectorFacts, SeenMessage } from './connector-facts.ts';
import { someTarget } from './content.suite.ts';
import { spawnSandbox, type SpawnedSandbox } from './spawn-sandbox.ts';

/** One request to send, as the sandbox recorded it. */
export interface SeenSend {
  readonly chat: string | number;
  readonly accepted: boolean;
  readonly messageId: string | number | null;
  /** Arrival, the same for all that one call carried. */
  readonly at: number;
}

/** To whom and with what content is sent. */
export interface Sending {
  readonly address?: string;
  readonly assets?: Assets;
  readonly variables?: RenderTarget['variables'];
  readonly connector?: Connector;
  readonly sender?: Sender;
}

/** An address where nobody listens. */
export const NOWHERE = 'http://127.0.0.1:1';

const PATIENCE_MS = 5000;
const IMPATIENCE_MS = 300;

/** Everybody who got a message, with its id, as the sandbox recorded it. */
export const acceptedIn = (record: readonly SeenSend[]): readonly SeenSend[] =>
  record.filter(({ accepted }) => accepted);

/** The sandbox, a bot of the channel there, and its connector. */
export class Stage {
  readonly facts: ConnectorFacts;
  connector!: Connector;
  /** For what never comes. */
  impatient!: Connector;
  /** Always the same object: a connector goes by that. */
  sender!: Sender;
  #sandbox!: SpawnedSandbox<SeenMessage>;

  constructor(facts: ConnectorFacts) {
    this.facts = facts;
  }

  async open(): Promise<void> {
    const { facts } = this;
    this.#sandbox = await spawnSandbox<SeenMessage>(facts.sandbox.channel);
    const { url: sandboxUrl } = this.#sandbox;
    this.sender = facts.sender(sandboxUrl + facts.sandbox.path);
    this.connector = facts.open({ timeoutMs: PATIENCE_MS, sandboxUrl });
    this.impatient = facts.open({ timeoutMs: IMPATIENCE_MS, sandboxUrl });
    await this.register(undefined);
  }

  async close(): Promise<void> {
    await Promise.all([this.connector.close(), this.impatient.close()]);
    await this.#sandbox.close();
  }

  /** Ends all trouble and forgets what was sent. */
  async clear(): Promise<void> {
    await this.#sandbox.admin('DELETE', 'trouble');
    await this.#sandbox.admin('DELETE', 'record');
  }

  register(webhookUrl: string | undefined): Promise<unknown> {
    const { token, profile } = this.facts.sandbox;
    return this.#sandbox.admin('PUT', `bots/${encodeURIComponent(token)}`, profile(webhookUrl));
  }

  /** Has the sandbox do this to requests; to those to one person, or to the first so many. */
  trouble(
    deed: object,
    { address, times }: { readonly address?: string; readonly times?: number } = {},
  ): Promise<unknown> {
    const chat = address === undefined ? undefined : this.facts.sandbox.chatOf(address);
    return this.#sandbox.admin('PUT', 'trouble', { rules: [{ chat, times, do: deed }] });
  }

  /** Has somebody do something. */
  tell(path: string, address: string, fields: object): Promise<unknown> {
    const { token, chatOf } = this.facts.sandbox;
    return this.#sandbox.admin('POST', path, { bot: token, chat: chatOf(address), ...fields });
  }

  /** Sends every part of the content, one after the other. */
  async send(elements: readonly Element[], sending: Sending = {}): Promise<readonly SendResult[]> {
    const { connector = this.connector, sender = this.sender } = sending;
    const { address = this.facts.address, assets = {}, variables } = sending;
    const results: SendResult[] = [];
    for (const part of connector.compile(elements, assets).render(someTarget(address, variables)))
      results.push(await connector.send(sender, address, part));
    return results;
  }

  /** Sends the text of good content to somebody. */
  async sendText(sending: Sending = {}): Promise<SendResult> {
    const [result] = await this.send(this.facts.good.slice(0, 1), sending);
    return result!;
  }

  /** What somebody got, in order. */
  received(address = this.facts.address): Promise<readonly SeenMessage[]> {
    return this.#sandbox.messages(this.facts.sandbox.token, address);
  }

  record(): Promise<readonly SeenSend[]> {
    return this.#sandbox.record<SeenSend>();
  }

  /** How many messages each call carried, the fullest first. */
  async loads(): Promise<readonly number[]> {
    const calls = Map.groupBy(await this.record(), ({ at }) => at);
    return [...calls.values()].map(({ length }) => length).sort((one, other) => other - one);
  }
}

/** Opens the sandbox for the tests of the suite around it; nothing is left from one to the next. */
export const stageFor = (facts: ConnectorFacts): Stage => {
  const stage = new Stage(facts);
  beforeAll(() => stage.open());
  beforeEach(() => stage.clear());
  afterAll(() => stage.close());
  return stage;
};
