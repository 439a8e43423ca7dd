import type { BotRegistry, ContactChange, ContactDirectory } from '@crier/audience';
import type { Clock } from '@crier/kernel';
import { createHash } from 'node:crypto';
import { request } from 'undici';

const CONTACTS = 2_000;
/** As many as the help page's own story begins with. */
const SPRING_TUNNEL = 29;
const BATCH = 500;
const DAY_MS = 24 * 3_600_000;

const BOTS = [
  { id: 'demo-shop', name: 'Demo shop', token: '100001:demo-shop' },
  { id: 'demo-cafe', name: 'Demo café', token: '100002:demo-cafe' },
] as const;
const FIRST_NAMES = [
  'Anna',
  'Борис',
  'Chloé',
  'Дарина',
  'Emil',
  'Фатіма',
  'Grace',
  'Hugo',
  'Ірина',
  'José',
] as const;
const PLACES = [
  { city: 'Kyiv', zone: 'Europe/Kyiv', language: 'uk' },
  { city: 'Berlin', zone: 'Europe/Berlin', language: 'de' },
  { city: 'Lisbon', zone: 'Europe/Lisbon', language: 'pt' },
  { city: 'New York', zone: 'America/New_York', language: 'en' },
] as const;
/** Every twentieth chat has blocked its bot; the sandbox refuses them as Telegram does. */
const BLOCKED = {
  id: 'demo-blocked',
  share: { of: 20, is: 7 },
  method: 'sendMessage',
  do: { kind: 'blocked' },
};

const pick = <Items extends readonly [unknown, ...unknown[]]>(
  items: Items,
  i: number,
): Items[number] => items[i % items.length] ?? items[0];

const contact = (i: number, now: number): ContactChange => {
  const place = pick(PLACES, Math.floor(i / 3));
  const bot = pick(BOTS, Math.floor(i / 2));
  return {
    externalId: `demo-${i}`,
    firstName: pick(FIRST_NAMES, i),
    language: place.language,
    zone: place.zone,
    tags: [...(i % 10 === 0 ? ['vip'] : []), ...(i % 2 === 0 ? ['newsletter'] : [])],
    tunnels: [...(i < SPRING_TUNNEL ? ['spring'] : []), ...(i % 4 === 0 ? ['welcome'] : [])],
    variables: { city: place.city, orders: i % 7, subscriber: i % 3 === 0 },
    firstContactAt: new Date(now - (30 + (i % 300)) * DAY_MS).toISOString(),
    lastActiveAt: new Date(now - (i % 30) * DAY_MS).toISOString(),
    connections: [
      {
        botId: bot.id,
        address: String(5_000_000 + i),
        status: i >= SPRING_TUNNEL && i % 50 === 49 ? 'unsubscribed' : 'enabled',
      },
    ],
  };
};

const put = async (url: string, body: unknown): Promise<void> => {
  const { body: answer } = await request(url, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  await answer.dump();
};

/** Gives a sandbox the demo's bots and its trouble: it forgets everything when it stops. */
export const prepareDemoSandbox = async (sandboxUrl: string): Promise<void> => {
  for (const { name, token } of BOTS)
    await put(`${sandboxUrl}/sandbox/telegram/bots/${encodeURIComponent(token)}`, { name });
  await put(`${sandboxUrl}/sandbox/telegram/trouble`, { rules: [BLOCKED] });
};

/** Two bots on the sandbox and 2,000 contacts with tags, tunnels and variables, the same ones every time. */
export const seedDemo = async (
  stores: {
    readonly bots: BotRegistry;
    readonly directory: ContactDirectory;
    readonly clock: Clock;
  },
  sandboxUrl: string,
): Promise<void> => {
  const { bots, directory, clock } = stores;
  for (const { id, name, token } of BOTS) {
    const webhookSecret = createHash('sha256').update(token).digest('base64url');
    await bots.put({
      id,
      channel: 'telegram',
      name,
      credentials: { token, webhookSecret },
      rate: 30,
      apiUrl: sandboxUrl,
    });
  }
  const now = Date.parse(clock.now());
  for (let from = 0; from < CONTACTS; from += BATCH)
    await directory.upsert(Array.from({ length: BATCH }, (_none, k) => contact(from + k, now)));
};
