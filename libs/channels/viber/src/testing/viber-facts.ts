import type { Sender } from '@crier/connector';
import type { ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { createHmac } from 'node:crypto';
import { ViberConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { ARRIVAL, address, updates } from './callbacks-seen.ts';
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

/** Viber, for the contract suite. */
export const viberFacts: ConnectorFacts = {
  open: (options) => new ViberConnector({ version: '1.0.0', now: () => ARRIVAL, ...options }),
  sender: (apiUrl) => senderAt(apiUrl),
  address,
  good: GOOD,
  bad: badContent,
  accepted: {
    answer: {
      status: 200,
      body: '{"status": 0, "status_message": "ok", "message_token": 5741311803571721087, "chat_hostname": "SN-CHAT-01_", "billing_status": 1}',
    },
    id: '5741311803571721087',
  },
  refusals,
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
};
