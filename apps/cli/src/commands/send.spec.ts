import { afterEach, describe, expect, it } from '@jest/globals';
import type { Row } from '../api/shapes.ts';
import { draft, forecast, ID, row } from '../testing/rows.ts';
import {
  problem,
  scriptedServer,
  type Route,
  type ScriptedServer,
} from '../testing/scripted-server.ts';
import { crier } from '../testing/small-world.ts';

const SALE = 'name: Spring sale\nmessage: { elements: [ { type: text, text: hi } ] }\n';
const sending = (sent: number) =>
  row({ status: 'sending', sent, failed: 0, skipped: 0, waiting: 100 - sent, completedAt: null });

let server: ScriptedServer;
afterEach(() => server.close());

const serve = async (routes: Readonly<Record<string, Route>> = {}) => {
  server = await scriptedServer({
    'POST /v1/broadcasts': () => ({ status: 201, json: draft() }),
    [`GET /v1/broadcasts/${ID}`]: () => ({ json: sending(10) }),
    [`GET /v1/broadcasts/${ID}/forecast`]: () => ({ json: forecast() }),
    [`POST /v1/broadcasts/${ID}/activate`]: () => ({
      json: { ...sending(0), start: { mode: 'now' } },
    }),
    [`GET /v1/broadcasts/${ID}/events`]: () => ({ events: [sending(50), row()] }),
    ...routes,
  });
  return server.url;
};

const send = async (words: readonly string[] = [], url?: string) =>
  crier(['send', '-', ...words], { url: url ?? (await serve()), input: SALE });

describe('crier send', () => {
  it('drafts, forecasts, starts, and stays to the last recipient', async () => {
    const { code, out, err } = await send();
    expect(server.heard.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/broadcasts',
      `GET /v1/broadcasts/${ID}/forecast`,
      `POST /v1/broadcasts/${ID}/activate`,
      `GET /v1/broadcasts/${ID}`,
      `GET /v1/broadcasts/${ID}/events`,
    ]);
    expect(err).toContain('100 recipients of 103 who match, at 25 messages/s');
    expect(err).toContain('not reached: 3 (no connection)');
    expect(err).toContain('100/100');
    expect(out).toContain(
      'planned 100 = sent 97 + failed 2 + skipped 1 + unconfirmed 0 + waiting 0',
    );
    expect(out).toContain('delivered not reported');
    expect(out).toContain(`crier report ${ID}`);
    expect(code).toBe(0);
  });

  it('prints one JSON document and nothing else when asked to', async () => {
    const { out } = await send(['--json']);
    expect(JSON.parse(out)).toEqual(row());
  });

  it('ends with 4 when some failed and --strict was given', async () => {
    expect((await send(['--strict'])).code).toBe(4);
  });

  it('only drafts with --draft', async () => {
    const { code, out } = await send(['--draft']);
    expect(server.heard).toHaveLength(1);
    expect(out).toContain(`crier activate ${ID}`);
    expect(code).toBe(0);
  });

  it('does not wait for a scheduled start, and says when a time was moved', async () => {
    const start = {
      mode: 'at',
      instant: '2026-03-29T01:00:00.000Z',
      local: '2026-03-29T03:30',
      zone: 'Europe/Kyiv',
      movedTo: '2026-03-29T04:00',
    };
    const url = await serve({
      [`POST /v1/broadcasts/${ID}/activate`]: () => ({
        json: { ...draft({ status: 'scheduled' }), start },
      }),
    });
    const { code, err } = await send([], url);
    expect(err).toContain('Scheduled for 2026-03-29T03:30 in Europe/Kyiv');
    expect(err).toContain('moved to 2026-03-29T04:00');
    expect(code).toBe(0);
  });

  it('asks again, with the same key, when the connection breaks in mid-command', async () => {
    const url = await serve({
      'POST /v1/broadcasts': (_, nth) => (nth < 3 ? 'cut' : { status: 201, json: draft() }),
    });
    const { code } = await send([], url);
    const keys = server.heard
      .filter(({ method, path }) => method === 'POST' && path === '/v1/broadcasts')
      .map(({ headers }) => headers['idempotency-key']);
    expect(code).toBe(0);
    expect(keys).toHaveLength(3);
    expect(new Set(keys).size).toBe(1);
  });

  it('gives a command again while its outcome is not known', async () => {
    const url = await serve({
      [`POST /v1/broadcasts/${ID}/activate`]: (_, nth) =>
        nth === 1
          ? { status: 202, json: { commandId: 'c', location: '/v1/commands/c' } }
          : { json: { ...sending(0), start: { mode: 'now' } } },
    });
    expect((await send([], url)).code).toBe(0);
  });

  it('looks again and again where there is no live stream', async () => {
    const seen = [sending(10), sending(60), row()];
    const url = await serve({
      [`GET /v1/broadcasts/${ID}`]: (_, nth) => ({ json: seen[nth - 1] as Row }),
      [`GET /v1/broadcasts/${ID}/events`]: () => problem(503, 'TOO_MANY_STREAMS', 'No more.'),
    });
    const { code, out } = await send([], url);
    expect(code).toBe(0);
    expect(out).toContain('sent 97');
  });

  it('goes on looking when the server dies under the stream', async () => {
    const url = await serve({
      [`GET /v1/broadcasts/${ID}`]: (_, nth) => {
        if (nth === 1) return { json: sending(10) };
        return nth < 4 ? 'cut' : { json: row() };
      },
      [`GET /v1/broadcasts/${ID}/events`]: () => ({ events: [sending(20)] }),
    });
    expect((await send([], url)).code).toBe(0);
  });

  it('leaves the broadcast alone on Ctrl-C, and says how to stop it', async () => {
    const url = await serve({
      [`GET /v1/broadcasts/${ID}/events`]: () => ({ events: [sending(20)] }),
    });
    const { code, err } = await crier(['send', '-'], {
      url,
      input: SALE,
      onInterrupt: (heard) => {
        const pressed = setTimeout(heard, 50);
        return () => {
          clearTimeout(pressed);
        };
      },
    });
    expect(code).toBe(0);
    expect(err).toContain(`crier stop ${ID}`);
    expect(server.heard.some(({ path }) => path.endsWith('/stop'))).toBe(false);
  });

  it('prints a refusal as a sentence, the fields with their lines, and ends with 1', async () => {
    const url = await serve({
      'POST /v1/broadcasts': () =>
        problem(422, 'CONTENT_NOT_SENDABLE', 'The text is too long.', {
          errors: [
            {
              path: 'message.elements[0].text',
              code: 'TOO_LONG',
              message: 'At most 4096 characters.',
            },
          ],
        }),
    });
    const { code, out, err } = await send(['--json'], url);
    expect(err).toBe(
      'The text is too long. [CONTENT_NOT_SENDABLE]\n' +
        '  message.elements[0].text (line 2): At most 4096 characters.\n',
    );
    expect(out).toBe('');
    expect(code).toBe(1);
  });
});
