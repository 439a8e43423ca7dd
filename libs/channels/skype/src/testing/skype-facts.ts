import type { Sender, WebhookRequest } from '@crier/connector';
import { limit, type ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { SkypeConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { happenings } from './happenings.ts';
import type { Microsoft } from './microsoft.ts';
import { ARRIVAL, otherActivities } from './other-activities.ts';
import { refusals, STARTED } from './refused-answers.ts';
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

/** Where the sandbox is Microsoft's login, and where its keys are. */
export const placesIn = (sandboxUrl: string) => ({
  loginUrl: `${sandboxUrl}/skype/login`,
  openIdUrl: `${sandboxUrl}/skype/v1/.well-known/openidconfiguration`,
});

const HERO = 'application/vnd.microsoft.card.hero';
const withAttachments = (...types: readonly string[]): object => ({
  attachments: types.map((contentType) => ({ contentType })),
});

/** What a conversation shows of them. */
const arrives: readonly object[] = [
  {
    ...withAttachments(HERO),
    text: 'Hi Ann, it ends **tonight**.',
    from: { id: `28:${APP_ID}` },
    recipient: { id: address },
  },
  withAttachments(HERO),
  withAttachments('video/mp4', HERO),
  withAttachments('audio/mpeg'),
  withAttachments('audio/ogg'),
  withAttachments('application/pdf'),
  { ...withAttachments(HERO, HERO), attachmentLayout: 'carousel' },
];

const card: GalleryCard = { url: 'https://a.b/c.jpg' };

/** Skype, for the contract suite; beside the sandbox, Microsoft is the one on the loopback. */
export const skypeFacts = (microsoft: Microsoft): ConnectorFacts => ({
  open: ({ timeoutMs, sandboxUrl }) =>
    sandboxUrl === undefined
      ? openSkype(microsoft, { timeoutMs })
      : new SkypeConnector({
          version: '1.0.0',
          timeoutMs,
          ...placesIn(sandboxUrl),
          clock: () => STARTED,
        }),
  sender: (apiUrl) => senderAt(apiUrl),
  another: { appId: 'another', appSecret: 'wrong~secret' },
  address,
  addressOf: (index) => `29:${index}`,
  good: GOOD,
  arrives,
  bad: badContent,
  limits: [
    limit.elements(10),
    limit.text(4000),
    limit.wideText(4000),
    limit.link(2000),
    limit.caption(4000, { type: 'image', ...card }),
    limit.label(20),
    limit.buttons(3),
    limit.buttonUrl(2000),
    limit.cards(10, card),
    limit.ofCard('title', 80, { card, code: 'title_too_long' }),
    limit.ofCard('text', 400, { card, code: 'text_too_long' }),
    limit.ofCard('buttons', 3, { card, code: 'too_many_buttons' }),
  ],
  files: [
    { element: 'image', name: 'a.png', contentType: 'image/png', most: 20_000_000 },
    { element: 'file', name: 'a.pdf', contentType: 'application/pdf', most: 20_000_000 },
  ],
  refusals,
  sandbox: {
    channel: 'skype',
    path: '/skype',
    token: APP_ID,
    name: APP_ID,
    profile: (webhook) => ({ name: 'Corner Shop', secret: APP_SECRET, webhook }),
    chatOf: (conversation) => conversation,
    idOf: ({ id }) => String(id),
  },
  webhook: async (written, signature) => {
    const body = written.replaceAll(SERVICE, SERVICE_OF_SUITE);
    const serviceurl = serviceUrlIn(body);
    const aud = signature === 'true' ? APP_ID : 'another';
    const token = await microsoft.sign(claims({ serviceurl, aud }));
    return callWith(body, signature === 'missing' ? undefined : token);
  },
  updates: [...vendorSamples, ...otherActivities],
  signature: { in: { header: 'authorization' }, coversBody: false },
  happenings,
});
