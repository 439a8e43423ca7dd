import type { Sender } from '@crier/connector';
import type { ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { TelegramConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
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

/** Telegram, for the contract suite. */
export const telegramFacts: ConnectorFacts = {
  open: (options) => new TelegramConnector({ version: '1.0.0', now: () => ARRIVAL, ...options }),
  sender: (apiUrl) => senderAt(apiUrl),
  address,
  good: GOOD,
  bad: badContent,
  accepted: {
    answer: { status: 200, body: '{"ok":true,"result":{"message_id":42,"chat":{"id":5}}}' },
    id: '42',
  },
  refusals,
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
};
