// A shop that tells Crier what its buy links brought. No dependencies; Node 20 or newer. See README.md beside it.
import { createHmac, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

const {
  CRIER_URL = 'http://127.0.0.1:8080',
  SHOP = 'books',
  SHOP_SECRET,
  PORT = '3000',
} = process.env;
if (!SHOP_SECRET)
  throw new Error(`Set SHOP_SECRET: GET ${CRIER_URL}/v1/shops/${SHOP}/secret as an admin`);

/** What a real shop keeps in its database: orders, each with the ref that led to it. */
const orders = new Map();

/** Signed over the very bytes that are sent, and over the time. */
const call = (body) => {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const mac = createHmac('sha256', SHOP_SECRET).update(`${timestamp}.${body}`).digest('hex');
  return fetch(`${CRIER_URL}/v1/shops/${SHOP}/conversions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-crier-timestamp': timestamp,
      'x-crier-signature': `sha256=${mac}`,
    },
    body,
  });
};

/** Tells until Crier has it. A repeat changes nothing, so when in doubt: again. A real shop keeps what is untold in a table. */
const tell = async (conversion) => {
  const body = JSON.stringify({ items: [conversion] });
  for (let wait = 500; ; wait = Math.min(wait * 2, 60_000)) {
    const answer = await call(body).catch(() => undefined);
    if (answer?.ok) return console.log('told', conversion.kind, conversion.orderId);
    if (answer && answer.status < 500 && answer.status !== 429)
      return console.error('refused', conversion.kind, (await answer.json()).detail);
    await pause(wait);
  }
};

const about = (order, kind, amount, more = {}) =>
  tell({
    orderId: order.id,
    ref: order.ref,
    kind,
    amount,
    currency: 'EUR',
    at: new Date().toISOString(),
    ...more,
  });

const routes = {
  // Where the buy button leads: GET /cart?sku=42&crier_ref=…
  'GET cart': async (_, query) => {
    const order = { id: randomUUID(), ref: query.get('crier_ref'), amount: 2590 };
    orders.set(order.id, order);
    if (order.ref) await about(order, 'order', order.amount); // without a ref nobody is to be credited
    return order;
  },
  'POST pay': async (id) => {
    const order = orders.get(id);
    if (order.ref) await about(order, 'sale', order.amount);
    return { paid: order.amount };
  },
  // POST /refund/<order>?amount=590
  'POST refund': async (id, query) => {
    const order = orders.get(id);
    const amount = Number(query.get('amount') ?? order.amount);
    if (order.ref) await about(order, 'refund', amount, { refundId: randomUUID() });
    return { refunded: amount };
  },
};

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://shop');
  const [, name, id] = pathname.split('/');
  const route = routes[`${request.method} ${name}`];
  const isKnown = route && (name === 'cart' || orders.has(id));
  response.statusCode = isKnown ? 200 : 404;
  response.end(JSON.stringify(isKnown ? await route(id, searchParams) : {}));
});
server.listen(Number(PORT), '127.0.0.1', () => {
  console.log(`shop on http://127.0.0.1:${server.address().port}`);
});
