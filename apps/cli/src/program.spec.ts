import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ID, OTHER_ID, row } from './testing/rows.ts';
import {
  problem,
  scriptedServer,
  type Route,
  type ScriptedServer,
} from './testing/scripted-server.ts';
import { crier } from './testing/small-world.ts';

let server: ScriptedServer | undefined;
let directory: string | undefined;
afterEach(async () => {
  await server?.close();
  if (directory !== undefined) await rm(directory, { recursive: true });
  server = directory = undefined;
});

const serve = async (routes: Readonly<Record<string, Route>>): Promise<string> => {
  server = await scriptedServer(routes);
  return server.url;
};
const folder = async (): Promise<string> => (directory = await mkdtemp(join(tmpdir(), 'crier-')));

const twoSales: Route = ({ query }) => {
  const rows = [row(), row({ id: OTHER_ID, name: 'SPRING sale', status: 'draft' })];
  const name = query.get('name')?.toLowerCase() ?? '';
  return { json: { items: rows.filter((one) => one.name.toLowerCase().includes(name)) } };
};

describe('exit codes', () => {
  it('are 2 for an unknown command, a missing option and a missing argument', async () => {
    for (const words of [['bogus'], ['retry', 'x'], ['report'], ['list', '--limit', 'many']])
      expect((await crier(words)).code).toBe(2);
  });

  it('are 0 for help and version', async () => {
    const help = await crier(['send', '--help']);
    expect(help.code).toBe(0);
    expect(help.out).toContain('crier send hello.yaml');
    expect((await crier(['--version'])).code).toBe(0);
  });

  it('are 3 when nobody answers', async () => {
    const url = await serve({});
    await server?.close();
    server = undefined;
    const { code, err } = await crier(['list'], { url });
    expect(code).toBe(3);
    expect(err).toContain(`Cannot reach Crier at ${url}`);
    expect(err).toContain('npm start');
  });

  it('are 2 for an address that is none', async () => {
    expect((await crier(['list', '--url', 'shop'])).code).toBe(2);
  });

  it('are 1 when the server refuses, with the way to a valid token', async () => {
    const url = await serve({
      'GET /v1/broadcasts': () => problem(401, 'UNAUTHENTICATED', 'The token is not valid.'),
    });
    const { code, err } = await crier(['list'], { url });
    expect(code).toBe(1);
    expect(err).toContain('The token is not valid. [UNAUTHENTICATED]');
    expect(err).toContain('CRIER_TOKEN');
  });

  it('are 1 when something else listens there', async () => {
    const url = await serve({ 'GET /v1/broadcasts': () => ({ status: 404, text: '<html>' }) });
    const { code, err } = await crier(['list'], { url });
    expect(code).toBe(1);
    expect(err).toContain('Is something else listening there?');
  });
});

describe('the connection', () => {
  it('takes the token that standalone leaves in its data directory', async () => {
    const url = await serve({ 'GET /v1/broadcasts': () => ({ json: { items: [] } }) });
    const at = await folder();
    await mkdir(join(at, 'data'));
    await writeFile(join(at, 'data', 'admin-token'), 'crier_from_file\n');
    await crier(['list'], { url, directory: at, environment: { CRIER_TOKEN: '' } });
    expect(server?.heard[0]?.headers.authorization).toBe('Bearer crier_from_file');
  });

  it('prefers what is given on the command line', async () => {
    const url = await serve({ 'GET /v1/broadcasts': () => ({ json: { items: [] } }) });
    await crier(['list', '--url', url, '--token', 'given'], { url: 'http://127.0.0.1:1' });
    expect(server?.heard[0]?.headers.authorization).toBe('Bearer given');
  });
});

describe('naming a broadcast', () => {
  const stop = { [`POST /v1/broadcasts/${ID}/stop`]: () => ({ json: row({ status: 'stopped' }) }) };

  it('takes the beginning of its id', async () => {
    const url = await serve({
      ...stop,
      'GET /v1/broadcasts': ({ query }) =>
        query.has('name') ? { json: { items: [] } } : { json: { items: [row()] } },
    });
    const { code, out } = await crier(['stop', ID.slice(0, 10)], { url });
    expect(code).toBe(0);
    expect(out).toContain('stopped');
  });

  it('takes its name in any case, from any page', async () => {
    const url = await serve({
      ...stop,
      'GET /v1/broadcasts': ({ query }) =>
        query.get('after') === null
          ? { json: { items: [row({ id: OTHER_ID, name: 'Other spring sale' })], next: 'more' } }
          : { json: { items: [row()] } },
    });
    expect((await crier(['stop', 'spring SALE'], { url })).code).toBe(0);
  });

  it('lists the matches when there are several', async () => {
    const { code, err } = await crier(['stop', 'Spring sale'], {
      url: await serve({ 'GET /v1/broadcasts': twoSales }),
    });
    expect(code).toBe(2);
    expect(err).toContain('means 2 broadcasts');
    expect(err).toContain(ID);
    expect(err).toContain(OTHER_ID);
  });

  it('says so when there is none', async () => {
    const { code, err } = await crier(['stop', 'Autumn'], {
      url: await serve({ 'GET /v1/broadcasts': twoSales }),
    });
    expect(code).toBe(1);
    expect(err).toContain('There is no broadcast "Autumn".');
  });
});

describe('crier list', () => {
  it('passes filters on, and shows nothing that a terminal would obey', async () => {
    const url = await serve({
      'GET /v1/broadcasts': () => ({ json: { items: [row({ name: 'Sale\u001b[2J\u202e' })] } }),
    });
    const { out } = await crier(['list', '--status', 'sent', '--sort', '-failed'], { url });
    expect(Object.fromEntries(server?.heard[0]?.query ?? [])).toEqual({
      status: 'sent',
      sort: '-failed',
      limit: '30',
    });
    expect(out).toContain('Sale [2J');
    expect(out).not.toContain('\u001b');
  });

  it('gives one JSON document', async () => {
    const url = await serve({ 'GET /v1/broadcasts': () => ({ json: { items: [row()] } }) });
    expect(JSON.parse((await crier(['list', '--json'], { url })).out)).toEqual({ items: [row()] });
  });
});

describe('crier import', () => {
  it('uploads the file, waits, and keeps the refused rows beside it', async () => {
    const job = (state: string, rows: number, failed: number) => ({
      json: {
        id: 'i1',
        name: 'c.csv',
        state,
        progress: { rows, created: rows - failed, changed: 0, failed, bytes: 20 },
      },
    });
    const url = await serve({
      'POST /v1/imports': () => ({ ...job('running', 0, 0), status: 202 }),
      'GET /v1/imports/i1': (_, nth) => (nth === 1 ? job('running', 1, 0) : job('done', 3, 1)),
      'GET /v1/imports/i1/report': () => ({
        text: 'row,column,code,message\r\n2,bot,X,No bot\r\n',
      }),
    });
    const at = await folder();
    await writeFile(join(at, 'c.csv'), 'external_id\n1\n2\n3\n');
    const { code, out, err } = await crier(['import', 'c.csv', '--strict'], { url, directory: at });
    expect(server?.heard[0]).toMatchObject({ body: 'external_id\n1\n2\n3\n' });
    expect(server?.heard[0]?.headers['content-type']).toBe('text/csv');
    expect(out).toContain('3 rows: 2 new contacts, 0 changed, 1 refused');
    expect(err).toContain('2,bot,X,No bot');
    expect(await readFile(join(at, 'c.csv.errors.csv'), 'utf8')).toContain('No bot');
    expect(code).toBe(4);
  });

  it('refuses other kinds of files, and files that are not there', async () => {
    expect((await crier(['import', 'c.xlsx'])).err).toContain('.csv or .ndjson');
    expect((await crier(['import', 'none.csv'])).code).toBe(2);
  });
});

describe('crier verify', () => {
  const verified =
    (ok: boolean): Route =>
    () => ({
      json: {
        ok,
        broadcasts: [{ id: ID, ok, differences: ok ? [] : ['sent: read model 9, events 10'] }],
      },
    });
  const routes = (ok: boolean) => ({
    'POST /v1/admin/verify': verified(ok),
    'GET /v1/broadcasts': () => ({ json: { items: [row()] } }),
  });

  it('says that all add up', async () => {
    const { code, out } = await crier(['verify'], { url: await serve(routes(true)) });
    expect(code).toBe(0);
    expect(out).toContain('All 1 broadcasts add up.');
  });

  it('shows the differences, and ends with 1', async () => {
    const { code, out } = await crier(['verify'], { url: await serve(routes(false)) });
    expect(code).toBe(1);
    expect(out).toContain('sent: read model 9, events 10');
  });

  it('does not believe a row that does not add up', async () => {
    const url = await serve({
      ...routes(true),
      'GET /v1/broadcasts': () => ({ json: { items: [row({ sent: 96 })] } }),
    });
    const { code, out } = await crier(['verify', '--json'], { url });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ ok: false });
  });
});

describe('crier doctor', () => {
  it('names each trouble with its fix', async () => {
    const url = await serve({
      'GET /health/live': () => ({ json: { status: 'live' } }),
      'GET /health/ready': () => ({
        status: 503,
        json: { status: 'not ready', faults: { projector: 'stopped' } },
      }),
      'GET /v1/broadcasts': () => ({ json: { items: [] } }),
      'GET /v1/openapi.json': () => ({ json: { info: { version: '1' } } }),
      'GET /v1/admin/projections': () => ({
        json: {
          items: [
            {
              projection: 'mailings',
              version: 1,
              position: '9',
              recordedAt: null,
              rebuilding: false,
            },
          ],
        },
      }),
      'GET /v1/channels': () => ({ json: { items: [] } }),
      'GET /v1/bots': () => ({
        json: {
          items: [{ id: 'shop', channel: 'telegram', name: 'Shop', rate: 25, credentials: [] }],
        },
      }),
    });
    const { code, out } = await crier(['doctor'], { url });
    expect(code).toBe(1);
    expect(out).toContain('ok    server');
    expect(out).toMatch(/FAIL {2}ready: no \(503\).*projector/);
    expect(out).toContain('ok    token: valid (from CRIER_TOKEN)');
    expect(out).toContain('Start dispatcher-telegram.');
  });
});

describe('crier bots', () => {
  const shop = { id: 'shop', channel: 'telegram', name: 'Shop', rate: 30, credentials: ['token'] };

  it('adds one with the token from standard input, which is not shown again', async () => {
    const url = await serve({ 'PUT /v1/bots/shop': () => ({ status: 201, json: shop }) });
    const words = ['bots', 'add', 'shop', '--rate', '30'];
    const { code, out, err } = await crier(words, { url, input: '12:secret\n' });
    expect(JSON.parse(server?.heard[0]?.body ?? '')).toEqual({
      channel: 'telegram',
      credentials: { token: '12:secret' },
      rate: 30,
    });
    expect(code).toBe(0);
    expect(out + err).not.toContain('secret');
  });

  it('takes other credentials by name', async () => {
    const url = await serve({ 'PUT /v1/bots/vk': () => ({ json: { ...shop, id: 'vk' } }) });
    const credentials = ['--credential', 'token=a=b', '--credential', 'confirmation=c'];
    await crier(['bots', 'add', 'vk', '--channel', 'vk', ...credentials], { url });
    expect(JSON.parse(server?.heard[0]?.body ?? '')).toMatchObject({
      credentials: { token: 'a=b', confirmation: 'c' },
    });
  });

  it('gives no credentials where they are made up, and shows those once', async () => {
    const made = {
      ...shop,
      channel: 'webhook',
      credentials: ['secret'],
      secrets: { secret: 'x7' },
    };
    const url = await serve({ 'PUT /v1/bots/shop': () => ({ status: 201, json: made }) });
    const words = ['bots', 'add', 'shop', '--channel', 'webhook', '--made-up'];
    const { code, out } = await crier(words, { url });
    expect(JSON.parse(server?.heard[0]?.body ?? '')).toEqual({ channel: 'webhook' });
    expect([code, out]).toEqual([0, expect.stringContaining('not shown again')]);
    expect(out).toContain('  secret=x7\n');
  });

  it('asks for a token where none is given', async () => {
    expect((await crier(['bots', 'add', 'shop'], { url: await serve({}) })).code).toBe(2);
  });

  it('lists them, and removes one', async () => {
    const url = await serve({
      'GET /v1/bots': () => ({ json: { items: [shop] } }),
      'DELETE /v1/bots/shop': () => ({ status: 204, text: '' }),
    });
    expect((await crier(['bots'], { url })).out).toMatch(/shop\s+telegram\s+Shop\s+30\s+token/);
    expect((await crier(['bots', 'remove', 'shop'], { url })).out).toContain('Forgot shop.');
  });
});

describe('crier report', () => {
  it('shows lanes, reasons, buttons and a chart', async () => {
    const minute = (at: string, sent: number, failed: number) => ({
      minute: `2026-11-24T09:0${at}:00.000Z`,
      sent,
      failed,
      skipped: 0,
      unconfirmed: 0,
      clicks: 0,
    });
    const lane = { lane: 0, botId: 'shop', channel: 'telegram', held: null, completed: true };
    const { planned, sent, failed, skipped, unconfirmed, waiting } = row();
    const report = {
      row: row(),
      settings: { speed: 25 },
      excluded: { no_content: 3 },
      lanes: [{ ...lane, planned, sent, failed, skipped, unconfirmed, waiting }],
      buttons: [
        {
          ...{ button: 0, kind: 'link', label: 'See', channel: 'telegram' },
          ...{ clicks: 4, people: 3, orders: 2, sales: 1 },
        },
      ],
      channels: [
        { channel: 'telegram', orders: 2, sales: 1 },
        { channel: 'vk', orders: 1, sales: 1 },
        { channel: 'viber', orders: 0, sales: 0 },
      ],
      revenue: [
        { currency: 'EUR', amount: 123_450, refunded: 50 },
        { currency: 'XTR', amount: 7, refunded: 0, incomplete: true },
      ],
      reasons: { failed: { blocked: 2 }, skipped: { erased: 1 }, unconfirmed: {} },
      timeline: [minute('0', 90, 0), minute('2', 7, 2)],
      retries: [],
    };
    const url = await serve({
      [`GET /v1/broadcasts/${ID}`]: () => ({ json: row() }),
      [`GET /v1/broadcasts/${ID}/report`]: () => ({ json: report }),
    });
    const { out } = await crier(['report', ID], { url });
    expect(out).toMatch(/0\s+shop\s+telegram\s+100\s+97\s+2\s+1\s+0\s+0\s+complete/);
    expect(out).toContain('failed: 2 blocked');
    expect(out).toContain('not planned: 3 no content');
    expect(out).toMatch(/1\s+link\s+See\s+telegram\s+4\s+3\s+2\s+1/);
    expect(out).toContain('paid 1,234.50 EUR, refunded 0.50 EUR');
    expect(out).toContain('paid 7 XTR and more than can be counted');
    expect(out).toContain('vk: orders 1, sales 1');
    expect(out).not.toContain('viber');
    expect(out).toContain('7 (+2 others)');
    expect(out.split('\n').filter((line) => / \d+:0[012] {2}/.test(line))).toHaveLength(3);
  });
});
