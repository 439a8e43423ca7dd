import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signRef } from '@crier/contracts';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { freeze } from '../testing/told-facts.ts';
import { GatewayWorld, SECRET } from '../testing/gateway-world.ts';

const SCRIPT = fileURLToPath(new URL('../../../../docs/examples/shop/shop.mjs', import.meta.url));
const SHOP = 'books-1';

let world: GatewayWorld;
let child: ChildProcessByStdio<null, Readable, null>;
let shop: string;
let link: string;

beforeAll(async () => {
  world = await GatewayWorld.open();
  await world.addContact('1');
  await world.app.listen(0, '127.0.0.1');
  const secret = await world.ask('GET', `/v1/shops/${SHOP}/secret`, { as: 'admin' });
  const env = {
    CRIER_URL: await world.app.getUrl(),
    SHOP,
    SHOP_SECRET: (JSON.parse(secret.body) as { secret: string }).secret,
    PORT: '0',
  };
  child = spawn(process.execPath, [SCRIPT], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  shop = /http:\S+/.exec(line)?.[0] ?? '';
  const buttons = [{ kind: 'buy', label: 'Buy', url: `${shop}/cart?sku=42` }];
  const elements = [{ type: 'text', text: 'Hi', buttons }];
  const draft = await world.sendable({ message: { synchronised: true, elements } });
  await freeze(world, draft);
  const place = { broadcastId: draft.id, lane: 0, index: 0, button: 0, contentRevision: 1 };
  link = `${env.CRIER_URL}/r/${signRef(SECRET, place)}`;
});
afterAll(async () => {
  const ended = once(child, 'exit');
  child.kill();
  await ended;
  await world.close();
});

it('the documented shop takes the ref from its buy link, and tells order, sale and refund', async () => {
  const order = (await (await fetch(link)).json()) as { readonly id: string };
  await fetch(`${shop}/pay/${order.id}`, { method: 'POST' });
  await fetch(`${shop}/refund/${order.id}?amount=590`, { method: 'POST' });
  const stored = await world.store.read(`order-books~1-${order.id}`);
  expect(stored.map(({ type, data }) => [type, (data as { amount: number }).amount])).toEqual([
    ['OrderCredited', 2_590],
    ['SaleRecorded', 2_590],
    ['SaleRefunded', 590],
  ]);
});
