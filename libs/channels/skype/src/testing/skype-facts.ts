import type { Sender, WebhookRequest } from '@crier/connector';
import type { ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { SkypeConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { ARRIVAL, otherActivities } from './other-activities.ts';
import type { Microsoft } from './microsoft.ts';
import { refusals } from './refused-answers.ts';
import { SERVICE, address, vendorSamples } from './vendor-samples.ts';

export const APP_ID = '11111111-2222-3333-4444-555555555555';
export const APP_SECRET = 'very~secret.indeed';
export const ISSUER = 'https://api.botframework.com';

/** Milliseconds since 1970, of all tests that look at a clock. */
export const NOW = Date.parse(ARRIVAL);
const NOW_S = NOW / 1000;

/** The bot that tests send with, at this address of the API. */
export const senderAt = (apiUrl: string, more: Readonly<Record<string, string>> = {}): Sender => ({
  id: 'bot-1',
  credentials: { appId: APP_ID, appSecret: APP_SECRET, ...more },
  apiUrl,
});

/** What the Connector claims in a token, but for what is given. */
export const claims = (more: object = {}) => ({
  iss: ISSUER,
  aud: APP_ID,
  nbf: NOW_S - 60,
  exp: NOW_S + 3600,
  serviceurl: SERVICE,
  ...more,
});

/** A call under this token, or under none. */
export const callWith = (body: string, token: string | undefined): WebhookRequest => ({
  method: 'POST',
  query: {},
  headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  rawBody: Buffer.from(body),
});

const buttons: readonly Button[] = [
  { kind: 'link', label: 'See the sale', url: 'https://shop.example/sale' },
  { kind: 'message', label: 'Remind me', payload: 'remind' },
  { kind: 'buy', label: 'Buy now', url: 'https://shop.example/cart?sku=42' },
];

/** One of every kind. */
export const GOOD: readonly Element[] = [
  { type: 'text', text: 'Hi {{first_name | friend}}, it ends **tonight**.', buttons },
  { type: 'image', url: 'https://shop.example/a.jpg', caption: '*For* {{first_name}}', buttons },
  { type: 'video', url: 'https://shop.example/a.mp4', buttons },
  { type: 'audio', url: 'https://shop.example/a.mp3', caption: 'Listen' },
  { type: 'voice', url: 'https://shop.example/a.ogg' },
  { type: 'file', url: 'https://shop.example/a.pdf' },
  {
    type: 'gallery',
    cards: [
      { url: 'https://shop.example/b.jpg', title: 'Shoes', text: 'from **10**', buttons },
      { url: 'https://shop.example/c.png?x=1', title: 'Hats' },
    ],
  },
];

const serviceUrlIn = (body: string): unknown => {
  try {
    return (JSON.parse(body) as { readonly serviceUrl?: unknown } | null)?.serviceUrl ?? SERVICE;
  } catch {
    return SERVICE;
  }
};

/** A connector whose Microsoft is the one on the loopback. */
export const openSkype = (
  { loginUrl, openIdUrl }: Microsoft,
  more: Partial<ConstructorParameters<typeof SkypeConnector>[0]> = {},
): SkypeConnector =>
  new SkypeConnector({ version: '1.0.0', loginUrl, openIdUrl, clock: () => NOW, ...more });

/** Where the bot of the contract suite is when webhooks are read; the samples are told from there. */
const SERVICE_OF_SUITE = 'http://127.0.0.1:1';

/** Skype, for the contract suite. */
export const skypeFacts = (microsoft: Microsoft): ConnectorFacts => ({
  open: ({ timeoutMs }) => openSkype(microsoft, { timeoutMs }),
  sender: (apiUrl) => senderAt(apiUrl),
  address,
  good: GOOD,
  bad: badContent,
  accepted: { answer: { status: 201, body: '{"id":"1485983408511"}' }, id: '1485983408511' },
  refusals,
  webhook: async (written, signature) => {
    const body = written.replaceAll(SERVICE, SERVICE_OF_SUITE);
    const serviceurl = serviceUrlIn(body);
    const aud = signature === 'true' ? APP_ID : 'another';
    const token = await microsoft.sign(claims({ serviceurl, aud }));
    return callWith(body, signature === 'missing' ? undefined : token);
  },
  updates: [...vendorSamples, ...otherActivities],
});
