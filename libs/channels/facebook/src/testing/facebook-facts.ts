import type { Sender, WebhookRequest } from '@crier/connector';
import type { ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { createHmac } from 'node:crypto';
import { FacebookConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { ARRIVAL, PAGE, PSID, updates } from './calls-seen.ts';
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

/** Messenger, for the contract suite. */
export const facebookFacts: ConnectorFacts = {
  open: (options) => new FacebookConnector({ version: '1.0.0', now: () => ARRIVAL, ...options }),
  sender: (apiUrl) => senderAt(apiUrl),
  address: PSID,
  good: GOOD,
  bad: badContent,
  accepted: {
    answer: {
      status: 200,
      body: '{"recipient_id":"1254477777772919","message_id":"m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM"}',
    },
    id: 'm_AG5Hz2Uq7tuwNEhXfYYKj8mJEM',
  },
  refusals,
  webhook: (body, signature) => {
    const { headers, ...request } = postOf(body, signature === 'forged' ? 'another' : APP_SECRET);
    return { ...request, headers: signature === 'missing' ? {} : headers };
  },
  updates,
};
