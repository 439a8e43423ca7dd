import { RunBroken } from './broken.ts';
import { randomBytes } from 'node:crypto';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Api } from './http.ts';
import { freePort } from '../processes.ts';
import { App, copiedApp } from './processes.ts';
import { SandboxApi } from './sandbox-api.ts';

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
  readonly completedAt: string | null;
  readonly held: readonly object[];
}

export interface Person {
  readonly externalId: string;
  readonly botId: string;
  readonly chat: number;
  readonly tags: readonly string[];
}

const IMPORTED_WITHIN_MS = 120_000;

export const botToken = (id: string): string => `${id.charCodeAt(0)}0001:${id}`;

/** One text, the same for everybody: so that its hash names the broadcast at the sandbox. */
export const textOf = (...texts: readonly string[]) => ({
  synchronised: true,
  elements: texts.map((text) => ({ type: 'text', text })),
});

interface StageParts {
  readonly directory: string;
  readonly sandboxApp: App;
  readonly token: string;
}

/** A sandbox as a process of its own, in a temporary directory, and an admin token for what will stand there. */
export const setStage = async (name: string): Promise<StageParts> => {
  const directory = await mkdtemp(join(tmpdir(), `crier-${name}-`));
  const port = await freePort();
  const sandboxApp = new App(await copiedApp('sandbox', directory), {
    port,
    environment: { CRIER_SANDBOX_PORT: String(port) },
    log: join(directory, 'sandbox.log'),
  });
  sandboxApp.spawn();
  await sandboxApp.ready('/sandbox/telegram/counts');
  return { directory, sandboxApp, token: `crier_${randomBytes(32).toString('base64url')}` };
};

/** A sandbox and Crier, in one or many processes of their own, over one temporary directory. */
export abstract class Stage {
  readonly directory: string;
  readonly sandboxApp: App;
  readonly sandbox: SandboxApi;
  readonly url: string;
  readonly api: Api;
  readonly token: string;

  protected constructor({ directory, sandboxApp, token }: StageParts, url: string) {
    this.directory = directory;
    this.sandboxApp = sandboxApp;
    this.token = token;
    this.url = url;
    this.sandbox = new SandboxApi(sandboxApp.url);
    this.api = new Api(url, token);
  }

  /** Bots at the sandbox, registered through the API. */
  async addBots(ids: readonly string[], rate: number): Promise<void> {
    for (const id of ids) {
      await this.sandbox.registerBot(botToken(id));
      await this.api.write('PUT', `/v1/bots/${id}`, {
        channel: 'telegram',
        name: id,
        rate,
        credentials: { token: botToken(id) },
        apiUrl: this.sandboxApp.url,
      });
    }
  }

  async importPeople(people: readonly Person[]): Promise<void> {
    const lines = people.map(
      ({ externalId, botId, chat, tags }) => `${externalId},${tags.join('|')},${botId},${chat}`,
    );
    const file = ['external_id,tags,bot,address', ...lines, ''].join('\n');
    await this.importFile(file, people.length);
  }

  /** Imports a file of so many new people: CSV with a header, or NDJSON. */
  async importFile(
    content: string,
    count: number,
    { type = 'text/csv', withinMs = IMPORTED_WITHIN_MS }: { type?: string; withinMs?: number } = {},
  ): Promise<void> {
    const { id } = await this.api.upload<{ id: string }>('/v1/imports?name=people', content, type);
    const startedAt = performance.now();
    while (performance.now() - startedAt < withinMs) {
      const job = await this.api.get<{
        state: string;
        progress: { created: number; failed: number };
      }>(`/v1/imports/${id}`);
      if (job.state === 'done' && job.progress.created === count) return;
      if (job.state !== 'running')
        throw new RunBroken(`the import ended so: ${JSON.stringify(job)}`);
      await sleep(100);
    }
    throw new RunBroken(`the import did not end within ${withinMs} ms`);
  }

  draft(broadcast: object): Promise<Row> {
    return this.api.write<Row>('POST', '/v1/broadcasts', broadcast);
  }

  act(id: string, action: string, body?: object): Promise<Row> {
    return this.api.write<Row>('POST', `/v1/broadcasts/${id}/${action}`, body);
  }

  activate(id: string): Promise<Row> {
    return this.act(id, 'activate', { start: 'now' });
  }

  row(id: string): Promise<Row> {
    return this.api.get<Row>(`/v1/broadcasts/${id}`);
  }

  /** Waits until a row is so. @throws with the row when it is not in time */
  async until(id: string, isSo: (row: Row) => boolean, withinMs = 180_000): Promise<Row> {
    const startedAt = performance.now();
    for (;;) {
      const row = await this.row(id);
      if (isSo(row)) return row;
      if (performance.now() - startedAt > withinMs)
        throw new RunBroken(`waited ${withinMs} ms in vain: ${JSON.stringify(row)}`);
      await sleep(100);
    }
  }

  /** Whether it becomes so in this time. */
  async within(ms: number, isSo: () => Promise<boolean>): Promise<boolean> {
    const startedAt = performance.now();
    while (!(await isSo())) {
      if (performance.now() - startedAt > ms) return false;
      await sleep(10);
    }
    return true;
  }

  /** How many a broadcast with this filter would reach now. */
  async count(filter: object): Promise<number> {
    const body = { filter };
    return (await this.api.write<{ planned: number }>('POST', '/v1/audience/count', body)).planned;
  }

  completed(id: string): Promise<Row> {
    return this.until(id, ({ completedAt, waiting }) => completedAt !== null && waiting === 0);
  }

  /** Ends all processes; the data stays where something has to be looked at. */
  abstract close(keep: boolean): Promise<void>;
}
