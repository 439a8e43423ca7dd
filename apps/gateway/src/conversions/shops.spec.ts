import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signRef } from '@crier/contracts';
import { createHmac } from 'node:crypto';
import { freeze } from '../testing/told-facts.ts';
import { GatewayWorld, SECRET } from '../testing/gateway-world.ts';
import { signedAs } from '../testing/signed-as.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a shop', () => {
  let world: GatewayWorld;
  let ref: string;
  let orders = 0;
  beforeAll(async () => {
    world = await GatewayWorld.open();
    await world.addContact('1');
    const buttons = [{ kind: 'buy', label: 'Buy', url: 'https://shop.example.com/cart' }];
    const elements = [{ type: 'text', text: 'Hi', buttons }];
    const draft = await world.sendable({ message: { synchronised: true, elements } });
    await freeze(world, draft);
    const place = { broadcastId: draft.id, lane: 0, index: 0, button: 0, contentRevision: 1 };
    ref = signRef(SECRET, place);
  });
  afterAll(() => world.close());

  const freshBody = (): string =>
    // Spaces as no serializer writes them: the signature is over the bytes.
    `{ "items":[ ${JSON.stringify({
      orderId: `${(orders += 1)}`,
      ref,
      kind: 'sale',
      amount: 2_590,
      currency: 'EUR',
      at: '2026-12-01T09:00:00Z',
    })} ] }`;
  const call = (body: string, headers: Readonly<Record<string, string>>, shop = 'books') =>
    world.ask('POST', `/v1/shops/${shop}/conversions`, {
      as: 'nobody',
      body,
      headers: { ...JSON_TYPE, ...headers },
    });
  const secretOf = async (shop: string, as: 'admin' | 'operator' | 'channel' = 'admin') =>
    world.ask('GET', `/v1/shops/${shop}/secret`, { as });

  it('signs with a secret of its own, which only admins are shown, always the same', async () => {
    const first = await secretOf('books');
    const { secret } = JSON.parse(first.body) as { secret: string };
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(first.headers['cache-control']).toBe('no-store');
    expect((await secretOf('books')).body).toBe(first.body);
    expect((await secretOf('toys')).body).not.toContain(secret);
    expect((await secretOf('books', 'operator')).statusCode).toBe(403);
    expect((await secretOf('books', 'channel')).statusCode).toBe(403);
  });

  it('tells of its sales with that secret, as the documentation says', async () => {
    const { secret } = JSON.parse((await secretOf('books')).body) as { secret: string };
    const body = freshBody();
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const hex = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    const answer = await call(body, {
      'X-Crier-Timestamp': timestamp,
      'X-Crier-Signature': `sha256=${hex}`,
    });
    expect(answer.statusCode).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ recorded: 1, refused: 0 });
    const [stored] = await world.store.read(`order-books-${orders}`);
    expect(stored).toMatchObject({ data: { shop: 'books' }, metadata: { actor: 'shop books' } });
  });

  it('may repeat a call: nothing is counted twice', async () => {
    const body = freshBody();
    await call(body, signedAs('books', body));
    const again = await call(body, signedAs('books', body));
    expect(JSON.parse(again.body)).toMatchObject({ recorded: 0, repeated: 1 });
  });

  it.each([
    ['without a signature', () => ({})],
    [
      'with half of one',
      (body: string) => ({ 'x-crier-timestamp': signedAs('books', body)['x-crier-timestamp']! }),
    ],
    ['with garbage', () => ({ 'x-crier-timestamp': '1e9', 'x-crier-signature': 'sha256=00' })],
    ['with the secret of another shop', (body: string) => signedAs('toys', body)],
    ['over other bytes', (body: string) => signedAs('books', body.replaceAll(' ', ''))],
    ['older than five minutes', (body: string) => signedAs('books', body, 310)],
    ['from the future', (body: string) => signedAs('books', body, -310)],
    [
      'dated anew',
      (body: string) => ({
        ...signedAs('books', body, 310),
        'x-crier-timestamp': signedAs('books', body)['x-crier-timestamp']!,
      }),
    ],
  ])('is not believed %s', async (_, headersOf) => {
    const body = freshBody();
    const answer = await call(body, headersOf(body));
    expect(answer.statusCode).toBe(401);
    expect(answer.json().code).toBe('SIGNATURE_REFUSED');
    await expect(world.store.read(`order-books-${orders}`)).resolves.toEqual([]);
  });

  it.each([250, -250])('is believed with a clock that is %s seconds off', async (seconds) => {
    const body = freshBody();
    expect((await call(body, signedAs('books', body, seconds))).statusCode).toBe(200);
  });

  it('is not believed by a token instead', async () => {
    const body = freshBody();
    const answer = await world.ask('POST', '/v1/shops/books/conversions', {
      as: 'admin',
      body,
      headers: JSON_TYPE,
    });
    expect(answer.statusCode).toBe(401);
  });

  it('tells of its own orders only', async () => {
    const body = freshBody().replace('"orderId"', '"shop":"toys","orderId"');
    const answer = await call(body, signedAs('books', body));
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: 'items[0].shop' }] });
  });

  it.each(['-books', 'a b', 'a~b', 'x'.repeat(129), 'bo\u00f6ks'])(
    'has a name; %s is none',
    async (name) => {
      const body = freshBody();
      const shop = encodeURIComponent(name);
      const answer = await call(body, signedAs(name, body), shop);
      expect(answer.json()).toMatchObject({ status: 400, errors: [{ path: 'shop' }] });
      expect((await secretOf(shop)).statusCode).toBe(400);
    },
  );
});
