import type { Sender } from '@crier/connector';
import { limit, type ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { createHmac } from 'node:crypto';
import { ViberConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { ARRIVAL, address, updates } from './callbacks-seen.ts';
import { happenings } from './happenings.ts';
import { refusals } from './refused-answers.ts';

/** The token of the bot that tests send with. */
export const TOKEN = '4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f';

/** That bot, at this address of the API. */
export const senderAt = (apiUrl: string, more: Readonly<Record<string, string>> = {}): Sender => ({
  id: 'bot-1',
  credentials: { token: TOKEN, senderName: 'The corner shop', ...more },
  apiUrl,
});

/** As Viber signs a callback. */
export const signatureOf = (body: string, token = TOKEN): string =>
  createHmac('sha256', token).update(body).digest('hex');

const buttons: readonly Button[] = [
  { kind: 'link', label: 'See the sale', url: 'https://shop.example/sale' },
  { kind: 'message', label: 'Remind me', payload: 'remind' },
  { kind: 'buy', label: 'Buy now', url: 'https://shop.example/cart?sku=42' },
];

/** One of every kind. */
export const GOOD: readonly Element[] = [
  { type: 'text', text: 'Hi {{first_name | friend}}, it ends **tonight**.', buttons },
  { type: 'image', url: 'https://shop.example/a.jpg', caption: '*For* {{first_name}}', buttons },
  { type: 'video', url: 'https://shop.example/a.mp4' },
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

const file = (name: string): readonly [string, string] => {
  const url = `https://shop.example/${name}`;
  return [`url:${url}`, JSON.stringify({ url, bytes: 1000, name })];
};

/** Sizes of the files in them. */
const assets = Object.fromEntries(['a.mp4', 'a.mp3', 'a.ogg', 'a.pdf'].map(file));

/** What a chat shows of them; the keyboard stays with the last message only. */
const arrives: readonly object[] = [
  { type: 'text', text: 'Hi Ann, it ends *tonight*.', sender: { name: 'The corner shop' } },
  { type: 'picture', text: '_For_ Ann' },
  { type: 'video', size: 1000 },
  { type: 'file', file_name: 'a.mp3' },
  { type: 'text', text: 'Listen' },
  { type: 'file', file_name: 'a.ogg' },
  { type: 'file', file_name: 'a.pdf' },
  {
    type: 'rich_media',
    rich_media: { Buttons: Array.from({ length: 7 }, () => ({})) },
    keyboard: { Buttons: Array.from({ length: 6 }, () => ({})) },
  },
];

const card: GalleryCard = { url: 'https://a.b/c.jpg' };

/** Viber, for the contract suite. */
export const viberFacts: ConnectorFacts = {
  open: ({ timeoutMs }) => new ViberConnector({ version: '1.0.0', now: () => ARRIVAL, timeoutMs }),
  sender: (apiUrl) => senderAt(apiUrl),
  another: { token: '4453b6ac-another', senderName: 'Another shop' },
  address,
  addressOf: (index) => `receiver-${index}==`,
  good: GOOD,
  assets: () => Promise.resolve(assets),
  arrives,
  bad: badContent,
  limits: [
    limit.elements(10),
    limit.text(7000),
    limit.wideText(7000),
    limit.link(2000),
    limit.caption(512, { type: 'image', ...card }),
    limit.label(64),
    limit.buttons(12),
    limit.buttonUrl(2000),
    limit.cards(6, card),
    limit.ofCard('buttons', 3, { card, code: 'too_many_buttons' }),
  ],
  files: [
    { element: 'image', name: 'a.png', contentType: 'image/png', most: 1_000_000 },
    { element: 'video', name: 'a.mp4', contentType: 'video/mp4', most: 26_000_000 },
    { element: 'file', name: 'a.pdf', contentType: 'application/pdf', most: 50_000_000 },
  ],
  refusals,
  batch: { equal: 300, different: 1 },
  sandbox: {
    channel: 'viber',
    path: '/viber',
    token: TOKEN,
    name: 'Corner Shop',
    profile: () => ({ name: 'Corner Shop' }),
    chatOf: (receiver) => receiver,
    idOf: ({ message_token: token }) => String(token),
  },
  webhook: (body, signature) => ({
    method: 'POST',
    query: {},
    headers: {
      true: { 'x-viber-content-signature': signatureOf(body) },
      forged: { 'x-viber-content-signature': signatureOf(body, 'another') },
      missing: {},
    }[signature],
    rawBody: Buffer.from(body),
  }),
  updates,
  signature: { in: { header: 'x-viber-content-signature' }, coversBody: true },
  happenings,
};
