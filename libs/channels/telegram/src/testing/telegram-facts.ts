import { expect } from '@jest/globals';
import type { Sender } from '@crier/connector';
import { limit, type ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { TelegramConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { happenings } from './happenings.ts';
import { refusals } from './refused-answers.ts';
import { ARRIVAL, address, updates } from './updates-seen.ts';

/** The token of the bot that tests send with. */
export const TOKEN = '111:first';

/** That bot, at this address of the API. */
export const senderAt = (apiUrl: string, more: Readonly<Record<string, string>> = {}): Sender => ({
  id: 'bot-1',
  credentials: { token: TOKEN, webhookSecret: 'a_secret-1', ...more },
  apiUrl,
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
  { type: 'video', url: 'https://shop.example/a.mp4' },
  { type: 'audio', url: 'https://shop.example/a.mp3', caption: 'Listen' },
  { type: 'voice', url: 'https://shop.example/a.ogg' },
  { type: 'file', url: 'https://shop.example/a.pdf' },
  {
    type: 'gallery',
    cards: [
      { url: 'https://shop.example/b.jpg', title: 'Shoes', text: 'from **10**', buttons },
      { url: 'https://shop.example/c.mp4?x=1', title: 'Hats' },
    ],
  },
];

/** What a chat shows of them. */
const arrives: readonly object[] = [
  {
    text: 'Hi Ann, it ends tonight.',
    entities: [{ type: 'bold', offset: 16, length: 7 }],
    reply_markup: { inline_keyboard: [{}, {}, {}] },
  },
  { photo: expect.anything(), caption: 'For Ann' },
  { video: expect.anything() },
  { audio: expect.anything(), caption: 'Listen' },
  { voice: expect.anything() },
  { document: expect.anything() },
  { photo: expect.anything(), media_group_id: expect.any(String) },
  { video: expect.anything(), media_group_id: expect.any(String) },
  { text: 'Shoes', reply_markup: { inline_keyboard: [{}, {}, {}] } },
];

const card: GalleryCard = { url: 'https://a.b/c.jpg' };

/** Telegram, for the contract suite. */
export const telegramFacts: ConnectorFacts = {
  open: ({ timeoutMs }) =>
    new TelegramConnector({ version: '1.0.0', now: () => ARRIVAL, timeoutMs }),
  sender: (apiUrl) => senderAt(apiUrl),
  another: { token: '222:other', webhookSecret: 'a_secret-2' },
  address,
  addressOf: (index) => String(5_000_000_000 + index),
  good: GOOD,
  arrives,
  bad: badContent,
  limits: [
    limit.elements(10),
    limit.text(4096),
    limit.wideText(4096),
    limit.link(2048),
    limit.caption(1024, { type: 'image', url: 'https://a.b/c.jpg' }),
    limit.label(64),
    limit.buttons(100),
    limit.cards(10, card),
    limit.ofCard('title', 256, { card, beside: [card], code: 'title_too_long' }),
    limit.ofCard('text', 1024, { card, beside: [card], code: 'text_too_long' }),
  ],
  files: [
    { element: 'image', name: 'a.png', contentType: 'image/png', most: 5_000_000 },
    { element: 'video', name: 'a.mp4', contentType: 'video/mp4', most: 20_000_000 },
  ],
  refusals,
  sandbox: {
    channel: 'telegram',
    path: '',
    token: TOKEN,
    name: '@first_bot',
    profile: () => ({ name: 'First', username: 'first_bot' }),
    chatOf: Number,
    idOf: ({ message_id: id }) => String(id),
  },
  webhook: (body, signature) => ({
    method: 'POST',
    query: {},
    headers: {
      true: { 'x-telegram-bot-api-secret-token': 'a_secret-1' },
      forged: { 'x-telegram-bot-api-secret-token': 'a_secret-2' },
      missing: {},
    }[signature],
    rawBody: Buffer.from(body),
  }),
  updates,
  signature: { in: { header: 'x-telegram-bot-api-secret-token' }, coversBody: false },
  happenings,
};
