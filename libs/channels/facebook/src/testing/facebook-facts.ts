import type { MediaReader, Sender, WebhookRequest } from '@crier/connector';
import { limit, someTarget, type ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { createHmac } from 'node:crypto';
import { FacebookConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { ARRIVAL, PAGE, PSID, updates } from './calls-seen.ts';
import { happenings } from './happenings.ts';
import { refusals } from './refused-answers.ts';

/** The token of the Page that tests send with. */
export const TOKEN = 'EAAGm0PX4ZCpsBAKZCtoken';
export const APP_SECRET = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
export const VERIFY_TOKEN = 'the-team-made-this-up';
/** The app that the Page's messages go through. */
export const APP = '901234567890123';

/** That Page, at this address of the API. */
export const senderAt = (apiUrl: string, more: Readonly<Record<string, string>> = {}): Sender => ({
  id: 'bot-1',
  credentials: {
    token: TOKEN,
    pageId: PAGE,
    appSecret: APP_SECRET,
    verifyToken: VERIFY_TOKEN,
    ...more,
  },
  apiUrl,
});

/** As Meta signs a call. */
export const signatureOf = (body: string, secret = APP_SECRET): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** A call to the webhook, signed by whoever has the secret. */
export const postOf = (body: string, secret = APP_SECRET): WebhookRequest => ({
  method: 'POST',
  query: {},
  headers: { 'x-hub-signature-256': signatureOf(body, secret) },
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
  {
    type: 'image',
    url: 'https://shop.example/a.jpg',
    caption: '*For* {{first_name | you}}',
    buttons,
  },
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

const nothingKept: MediaReader = {
  find: () => Promise.resolve(undefined),
  open: () => Promise.resolve(undefined),
  urlOf: (id) => `https://crier.example/media/${id}`,
};

const template = (type: string, more: object = {}): object => ({
  attachment: { type: 'template', payload: { template_type: type, ...more } },
});

/** What a chat shows of them; the key of each stands with it. */
const arrives: readonly object[] = [
  template('button', { text: 'Hi Ann, it ends tonight.' }),
  { attachment: { type: 'image' } },
  template('button', { text: 'For Ann' }),
  template('media'),
  { attachment: { type: 'audio' } },
  { text: 'Listen' },
  { attachment: { type: 'audio' } },
  { attachment: { type: 'file' } },
  template('generic'),
].map((message, part) => ({ ...message, metadata: String(someTarget(PSID).keyOf(part)) }));

const card: GalleryCard = { url: 'https://a.b/c.jpg', title: 'x' };

/** Messenger, for the contract suite. */
export const facebookFacts: ConnectorFacts = {
  open: ({ timeoutMs }) =>
    new FacebookConnector({ version: '1.0.0', now: () => ARRIVAL, timeoutMs }),
  sender: (apiUrl) => senderAt(apiUrl, { appId: APP }),
  another: { token: 'EAAGanother', pageId: PAGE, appSecret: 'another', verifyToken: 'another' },
  address: PSID,
  addressOf: (index) => String(7_000_000 + index),
  good: GOOD,
  assets: (connector, sender) => connector.prepare(sender, GOOD, nothingKept, {}),
  arrives,
  bad: badContent,
  limits: [
    limit.elements(10),
    limit.text(2000),
    limit.wideText(2000),
    limit.caption(2000, { type: 'image', url: 'https://a.b/c.jpg' }),
    limit.label(20),
    limit.buttons(3),
    limit.cards(10, card),
    limit.ofCard('title', 80, { card, code: 'title_too_long' }),
    limit.ofCard('text', 80, { card, code: 'text_too_long' }),
    limit.ofCard('buttons', 3, { card, code: 'too_many_buttons' }),
    {
      title: 'characters of a text over buttons',
      most: 640,
      content: (count) => [{ type: 'text', text: 'x'.repeat(count), buttons: buttons.slice(1, 2) }],
      problem: ['elements[0].text', 'text_too_long'],
    },
  ],
  files: [
    { element: 'image', name: 'a.png', contentType: 'image/png', most: 25_000_000 },
    { element: 'file', name: 'a.pdf', contentType: 'application/pdf', most: 25_000_000 },
  ],
  refusals,
  batch: { equal: 50, different: 50 },
  sandbox: {
    channel: 'facebook',
    path: '/facebook',
    token: TOKEN,
    name: 'Corner Shop',
    profile: () => ({
      id: Number(PAGE),
      name: 'Corner Shop',
      appId: APP,
      appSecret: APP_SECRET,
    }),
    chatOf: (psid) => psid,
    idOf: ({ mid }) => String(mid),
  },
  webhook: (body, signature) => {
    const { headers, ...request } = postOf(body, signature === 'forged' ? 'another' : APP_SECRET);
    return { ...request, headers: signature === 'missing' ? {} : headers };
  },
  updates,
  signature: { in: { header: 'x-hub-signature-256' }, coversBody: true },
  happenings,
};
