import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox, type Running } from '../../../tools/processes.ts';
import type { Cluster } from '../../../tools/cluster/cluster.ts';
import { deploy, type Deployment, type DeploymentOptions } from './deployment.ts';

export const TOKEN = 'end-to-end-admin-token';
export const BOTS = ['shop', 'cafe'] as const;

export interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly planned: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly unconfirmed: number;
  readonly waiting: number;
  readonly delivered: number | null;
  readonly opened: number | null;
  readonly clickedBuy: number;
  readonly clickedLink: number;
  readonly clickedMessage: number;
  readonly orders: number;
  readonly sales: number;
  readonly sendAt: string | null;
}

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

interface ChatMessage {
  readonly message_id: number;
  readonly text?: string;
  readonly reply_markup?: {
    readonly inline_keyboard: readonly (readonly {
      text: string;
      url?: string;
      callback_data?: string;
    }[])[];
  };
}

export const hello = {
  synchronised: true,
  elements: [
    {
      type: 'text',
      text: 'Hi **{{first_name | friend}}**!',
      buttons: [
        { kind: 'link', label: 'Open', url: 'https://shop.example/sale?x=1' },
        { kind: 'message', label: 'Remind me', payload: 'remind' },
        { kind: 'buy', label: 'Buy', url: 'https://shop.example/cart?sku=42' },
      ],
    },
  ],
} as const;

/** Like fetch; a question is asked again where an idle connection was closed under it. */
const fetched = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (init.method !== 'GET') throw error;
    return fetch(url, init);
  }
};

/** The product as its users have it: built processes on free ports, an empty data directory, two bots on the sandbox. */
export class World {
  readonly sandbox: Running;
  #stopped: Promise<void> | undefined;
  readonly #data: string;
  readonly #deployment: Deployment;

  private constructor(sandbox: Running, deployment: Deployment, data: string) {
    this.sandbox = sandbox;
    this.#deployment = deployment;
    this.#data = data;
  }

  static async open(env: Record<string, string> = {}): Promise<World> {
    const world = await World.openEmpty(() => ({ env }));
    for (const [i, id] of BOTS.entries()) await world.putBot(id, `${i + 1}:${id}`);
    return world;
  }

  /** Without a bot. `options` may need the sandbox's address. */
  static async openEmpty(
    options: (sandboxUrl: string) => Pick<DeploymentOptions, 'env' | 'copies'>,
  ): Promise<World> {
    const sandbox = await startSandbox();
    const data = mkdtempSync(join(tmpdir(), 'crier-e2e-'));
    const { url: sandboxUrl } = sandbox;
    const deployment = await deploy({
      ...options(sandboxUrl),
      data,
      token: TOKEN,
      sandboxUrl,
    }).catch(async (error: unknown) => {
      await sandbox.stop();
      throw error;
    });
    return new World(sandbox, deployment, data);
  }

  get url(): string {
    return this.#deployment.url;
  }

  /** The many processes. @throws where there is only one */
  get cluster(): Cluster {
    const { cluster } = this.#deployment;
    if (!cluster) throw new Error('This story is about a cluster');
    return cluster;
  }

  async putBot(id: string, token: string, more: object = {}): Promise<void> {
    const bot = {
      channel: 'telegram',
      name: id,
      credentials: { token },
      rate: 1_000,
      apiUrl: this.sandbox.url,
      ...more,
    };
    const { status, body } = await this.ask('PUT', `/v1/bots/${id}`, bot);
    if (status >= 300) throw new Error(`The bot was refused: ${JSON.stringify(body)}`);
  }

  /** One request to the API; never throws for a refusal. */
  async ask<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    const answer = await fetched(`${this.url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${TOKEN}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return {
      status: answer.status,
      headers: answer.headers,
      body: (isJson ? JSON.parse(text) : text) as Body,
    };
  }

  /** One request that has to be accepted. */
  async call<Body = unknown>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.ask<Body>(method, path, body);
    if (answer.status >= 300)
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    const location = answer.headers.get('location') ?? '';
    return location.startsWith('/v1/commands/') ? this.#settled(location) : answer.body;
  }

  /** The broadcast, when the command that was not known in time is; on a busy machine there are such. */
  async #settled<Body>(location: string): Promise<Body> {
    type Command = { state: string; broadcastId: string };
    for (;;) {
      const { state, broadcastId } = await this.call<Command>('GET', location);
      if (state === 'accepted') return this.call('GET', `/v1/broadcasts/${broadcastId}`);
      if (state !== 'pending') throw new Error(`${location}: ${state}`);
      await delay(50);
    }
  }

  async contacts(count: number, more: (i: number) => object = () => ({})): Promise<void> {
    const BATCH = 500;
    for (let from = 0; from < count; from += BATCH)
      await this.call(
        'POST',
        '/v1/contacts',
        Array.from({ length: Math.min(BATCH, count - from) }, (_none, k) => {
          const i = from + k;
          return {
            firstName: `N${i}`,
            connections: [{ botId: BOTS[i % 2], address: String(7_000_000 + i) }],
            ...more(i),
          };
        }),
      );
  }

  async draft(more: object = {}): Promise<Row> {
    return this.call<Row>('POST', '/v1/broadcasts', { message: hello, ...more });
  }

  row(id: string): Promise<Row> {
    return this.call<Row>('GET', `/v1/broadcasts/${id}`);
  }

  /** The row as soon as it fits; every row on the way has to add up (P1). */
  async until(id: string, fits: (row: Row) => boolean, seconds = 60): Promise<Row> {
    const deadline = performance.now() + seconds * 1_000;
    for (;;) {
      const row = await this.row(id);
      const { planned, sent, failed, skipped, unconfirmed, waiting } = row;
      if (planned !== sent + failed + skipped + unconfirmed + waiting)
        throw new Error(`Does not add up: ${JSON.stringify(row)}`);
      if (fits(row)) return row;
      if (performance.now() > deadline)
        throw new Error(`It did not come to fit: ${JSON.stringify(row)}`);
      await delay(50);
    }
  }

  async send(more: object = {}): Promise<Row> {
    const { id } = await this.draft(more);
    await this.call('POST', `/v1/broadcasts/${id}/activate`, { start: 'now' });
    return this.until(id, ({ status }) => status === 'sent');
  }

  async trouble(rules: readonly object[], more: object = {}): Promise<void> {
    await this.admin('PUT', '/sandbox/telegram/trouble', { rules, ...more });
  }

  async counts(): Promise<{
    accepted: number;
    duplicates: number;
    refused: number;
    flooded: number;
  }> {
    return this.admin('GET', '/sandbox/telegram/counts');
  }

  async starts(): Promise<number[]> {
    return this.admin('GET', '/sandbox/telegram/starts');
  }

  async chat(token: string, chat: string): Promise<readonly ChatMessage[]> {
    const path = `/sandbox/telegram/bots/${encodeURIComponent(token)}/chats/${chat}`;
    return (await this.admin<{ messages: readonly ChatMessage[] }>('GET', path)).messages;
  }

  async press(
    token: string,
    chat: string,
    messageId: number,
    button: number,
  ): Promise<{ status?: number; url?: string }> {
    return this.admin('POST', '/sandbox/telegram/press', {
      bot: token,
      chat: Number(chat),
      messageId,
      button,
    });
  }

  async update(body: object): Promise<{ status: number }> {
    return this.admin('POST', '/sandbox/telegram/updates', body);
  }

  /** Resolves when the rebuilt read models serve. */
  async rebuilt(): Promise<void> {
    const { items } = await this.call<{ items: { rebuilding: boolean }[] }>(
      'GET',
      '/v1/admin/projections',
    );
    if (!items.some(({ rebuilding }) => rebuilding)) return;
    await delay(20);
    await this.rebuilt();
  }

  /** Every process dies at this very moment; new ones go on. */
  crash(): Promise<void> {
    return this.#deployment.crash();
  }

  /** A graceful stop, and a new start. */
  restart(): Promise<void> {
    return this.#deployment.restart();
  }

  /** Where everything lies. */
  get data(): string {
    return this.#data;
  }

  /** Ends the product; what it wrote stays until {@link close}. */
  stop(): Promise<void> {
    this.#stopped ??= this.#deployment.stop();
    return this.#stopped;
  }

  async close(): Promise<void> {
    await this.stop();
    await this.sandbox.stop();
    rmSync(this.#data, { recursive: true, force: true });
    rmSync(`${this.#data}.log`, { force: true });
  }

  /** What the sandbox's own door answers. */
  async admin<Body = unknown>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await fetched(`${this.sandbox.url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Body;
  }
}
