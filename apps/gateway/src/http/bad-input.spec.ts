import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signedAs } from '../testing/signed-as.ts';
import { OpenApiDocument } from '../openapi/openapi-document.ts';
import { schemas } from '../schemas/index.ts';
import { GatewayWorld } from '../testing/gateway-world.ts';
import { mutations, sampleOf } from '../testing/mutations.ts';

interface Operation {
  readonly requestBody?: {
    readonly content?: Record<string, { readonly schema?: { $ref?: string } }>;
  };
  readonly parameters?: readonly { name: string; in: string; schema: Record<string, unknown> }[];
}
type Methods = Readonly<Record<string, Operation>>;
type Method = 'POST' | 'PUT' | 'PATCH' | 'GET';

const SHOP = 'books';

describe('bad input', () => {
  let world: GatewayWorld;
  let operations: { method: Method; url: string; operation: Operation }[];
  let id: string;

  beforeAll(async () => {
    world = await GatewayWorld.open();
    await world.addContact('1');
    ({ id } = await world.sendable());
    const document = world.app.get(OpenApiDocument, { strict: false }).get();
    operations = Object.entries(document?.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods as unknown as Methods).map(([method, operation]) => ({
        method: method.toUpperCase() as Method,
        url: path
          .replace('{id}', path.startsWith('/v1/bots') ? 'tg' : id)
          .replace('{ref}', 'x')
          .replace('{shop}', SHOP),
        operation,
      })),
    );
  });
  afterAll(() => world.close());

  const bodyOf = (operation: Operation): string | undefined =>
    operation.requestBody?.content?.['application/json']?.schema?.$ref?.split('/').at(-1);

  it('describes every route of the API', () => {
    const described = operations.map(({ method, url }) => `${method} ${url.replace(id, ':id')}`);
    for (const route of [
      'POST /v1/broadcasts',
      'PUT /v1/broadcasts/:id/message',
      'POST /v1/broadcasts/:id/activate',
      'GET /v1/broadcasts/:id/events',
      'POST /v1/audience/count',
      'POST /v1/imports',
      'GET /v1/exports/contacts',
      'PUT /v1/bots/tg',
      'GET /v1/channels',
      'POST /v1/tokens',
      'POST /v1/conversions',
      `POST /v1/shops/${SHOP}/conversions`,
      'POST /v1/admin/rebuild',
    ])
      expect(described).toContain(route);
  });

  it('gets a problem that names the field, for every field of every body', async () => {
    let cases = 0;
    for (const { method, url, operation } of operations) {
      const name = bodyOf(operation);
      if (name === undefined) continue;
      for (const { body, path, what } of mutations(name, schemas)) {
        cases += 1;
        const bytes = JSON.stringify(body);
        const answer = await world.ask(method, url, {
          as: 'admin',
          body: bytes,
          headers: { 'content-type': 'application/json', ...signedAs(SHOP, bytes) },
        });
        const where = `${method} ${url} ${what} at ${path}: ${answer.body.slice(0, 500)}`;
        if (answer.statusCode < 400 || answer.statusCode > 499) throw new Error(where);
        const paths = (answer.json().errors ?? []).map((one) => one.path);
        if (!paths.some((one: string) => one.startsWith(path) || path.startsWith(one)))
          throw new Error(where);
      }
    }
    expect(cases).toBeGreaterThan(300);
  }, 60_000);

  it('takes the samples that the mutations are made of', () => {
    expect(sampleOf('BroadcastDraft', schemas)).toMatchObject({ name: expect.anything() });
  });

  const wrongValues = (schema: Record<string, unknown>): readonly string[] => {
    if (schema['type'] === 'integer') return ['x', '1.5', '-1', '99999999', ''];
    const isFixed = ['enum', 'pattern', 'format'].some((keyword) => keyword in schema);
    return isFixed ? ['nonsense', ''] : ['', 'x'.repeat(8_001)];
  };

  it('gets a problem that names the parameter, for every query', async () => {
    const asked = operations.flatMap(({ method, url, operation: { parameters = [] } }) =>
      parameters
        .filter((one) => one.in === 'query')
        .flatMap(({ name, schema }) => [
          ...wrongValues(schema).map((value) => ({ method, url, name, query: `${name}=${value}` })),
          { method, url, name, query: `${name}=1&${name}=2` },
        ]),
    );
    expect(asked.length).toBeGreaterThan(70);
    for (const { method, url, name, query } of asked) {
      const answer = await world.ask(method, `${url}?${query}`, { as: 'admin' });
      const { status, errors = [] } = { status: answer.statusCode, errors: answer.json().errors };
      expect({ url, query: query.slice(0, 50), status, path: errors[0]?.path }).toEqual({
        url,
        query: query.slice(0, 50),
        status: 400,
        path: name,
      });
    }
  });

  it('gets a problem for parameters that a route does not know', async () => {
    for (const { url } of operations.filter(
      ({ method, url }) => method === 'GET' && !url.startsWith('/r/'),
    ))
      expect((await world.ask('GET', `${url}?nonsense=1`, { as: 'admin' })).statusCode).toBe(400);
  });

  const post = (body: string | Buffer, headers: Record<string, string> = {}) =>
    world.ask('POST', '/v1/broadcasts', {
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });

  it.each([
    ['no JSON', '{"name": ', 400, 'MALFORMED_JSON'],
    ['a text', '"x"', 400, 'INVALID_REQUEST'],
    ['a list', '[]', 400, 'INVALID_REQUEST'],
    ['null', 'null', 400, 'INVALID_REQUEST'],
    ['1,000 levels', '['.repeat(1_000), 400, 'JSON_TOO_DEEP'],
    ['100,000 levels', '{"a":'.repeat(100_000), 400, 'JSON_TOO_DEEP'],
    ['__proto__', '{"__proto__": {"admin": true}}', 400, 'INVALID_REQUEST'],
    ['__proto__ inside', '{"audience": {"filter": {"__proto__": {}}}}', 400, 'INVALID_REQUEST'],
    ['constructor', '{"constructor": {"prototype": {}}}', 400, 'INVALID_REQUEST'],
    ['half a character', String.raw`{"name": "\ud800"}`, 400, 'BAD_UNICODE'],
    ['a null character', String.raw`{"name": "a\u0000b"}`, 400, 'BAD_UNICODE'],
    ['an endless number', '{"settings": {"speed": 1e999}}', 400, 'INVALID_REQUEST'],
    ['a repeated name', '{"name": "a", "name": 1}', 400, 'INVALID_REQUEST'],
    ['too many bytes', `{"name": "${'x'.repeat(1_000_001)}"}`, 413, 'BODY_TOO_LARGE'],
  ])('gets a problem for a body of %s', async (_what, body, status, code) => {
    const answer = await post(body);
    expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status, code });
  });

  it('gets a problem for bytes that are no UTF-8, other content types, and bodies with none', async () => {
    expect((await post(Buffer.from([0x7b, 0x22, 0xff, 0xfe]))).json().code).toBe('BAD_UNICODE');
    for (const type of [
      'text/plain',
      'application/xml',
      'application/x-www-form-urlencoded',
      'nonsense',
      'multipart/form-data',
    ])
      expect((await post('{}', { 'content-type': type })).statusCode).toBe(415);
    const latin = await post('{}', { 'content-type': 'application/json; charset=latin1' });
    expect(latin.statusCode).toBeLessThan(500);
  });

  it('gets a problem for a filter that is nested too deep, and for one that is none', async () => {
    const deep = (levels: number): string =>
      `{"filter": ${'{"all":['.repeat(levels)}{"tag":"x"}${']}'.repeat(levels)}}`;
    const count = async (body: string) =>
      (
        await world.ask('POST', '/v1/audience/count', {
          body,
          headers: { 'content-type': 'application/json' },
        })
      ).json();
    expect(await count(deep(20))).toMatchObject({
      status: 422,
      errors: [{ code: 'FILTER_TOO_DEEP' }],
    });
    expect(await count(deep(1_000))).toMatchObject({ status: 400, code: 'JSON_TOO_DEEP' });
    expect(await count('{"filter": {"tagg": "x"}}')).toMatchObject({
      status: 422,
      code: 'AUDIENCE_INVALID',
      errors: [{ path: 'filter.tagg' }],
    });
    const query = await world.ask('GET', `/v1/contacts?filter=${encodeURIComponent('{"tag"')}`);
    expect(query.json()).toMatchObject({ status: 400, errors: [{ path: 'filter' }] });
  });

  it('gets 404 for unknown routes and ids, 405 with Allow for other methods', async () => {
    for (const url of [
      '/none',
      '/v1',
      '/v1/nonsense',
      '/v1/broadcasts/x/y/z',
      '/v2/broadcasts',
      '/v1/broadcasts/not-an-id',
    ])
      expect((await world.ask('GET', url)).statusCode).toBe(404);
    const wrong = await world.ask('DELETE', '/v1/broadcasts');
    expect(wrong.statusCode).toBe(405);
    expect(wrong.headers.allow).toBe('GET, HEAD, POST');
    expect((await world.ask('PATCH', `/v1/broadcasts/${id}/stop`)).statusCode).toBe(405);
    expect((await world.ask('GET', '/v1/broadcasts/%E0%A4%A')).statusCode).toBe(400);
    expect((await world.ask('GET', `/v1/broadcasts/${'x'.repeat(3_000)}`)).statusCode).toBe(404);
    for (const after of ['nonsense', 'a'.repeat(900), '..'])
      expect((await world.ask('GET', `/v1/broadcasts?after=${after}`)).json().code).toBe(
        'BAD_CURSOR',
      );
    expect((await world.ask('GET', `/v1/broadcasts/${id}/recipients?after=zzz`)).json().code).toBe(
      'BAD_CURSOR',
    );
    expect((await world.ask('GET', '/v1/contacts?after=zzz')).json().code).toBe('BAD_CURSOR');
  });

  it('gets a problem for moments and ids that look right', async () => {
    for (const moment of [
      '2026-12-31T23:59:60Z',
      '2026-01-01T24:00:00Z',
      '+275760-09-13T00:00:01Z',
    ])
      expect(
        (await world.ask('GET', `/v1/broadcasts?from=${encodeURIComponent(moment)}`)).statusCode,
      ).toBeLessThan(500);
    for (const name of ['__proto__', 'constructor', 'toString']) {
      expect((await world.ask('GET', `/v1/broadcasts?${name}=1`)).statusCode).toBe(400);
      for (const url of ['broadcasts', 'contacts', 'bots', 'imports', 'commands', 'media'])
        expect((await world.ask('GET', `/v1/${url}/${name}`, { as: 'admin' })).statusCode).toBe(
          404,
        );
    }
    const id404 = await world.ask('GET', `/v1/contacts/${encodeURIComponent('../../etc/passwd')}`);
    expect(id404.statusCode).toBe(404);
    const body = { nonsense: 1 };
    const stopped = await world.ask('POST', `/v1/broadcasts/${id}/stop`, { body });
    expect(stopped.json()).toMatchObject({ status: 400, errors: [{ path: 'nonsense' }] });
  });

  it('shows nothing of the machinery in headers', async () => {
    const { headers } = await world.ask('GET', '/v1/broadcasts');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'self'");
  });
});
