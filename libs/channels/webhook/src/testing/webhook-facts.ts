import { expect } from '@jest/globals';
import type { Sender } from '@crier/connector';
import { limit, someTarget, type ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { WebhookConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { address, ARRIVAL, updates } from './calls-seen.ts';
import { happenings } from './happenings.ts';
import { refusals, STARTED } from './refused-answers.ts';
import { signed } from './signed.ts';

/** The secret of the bot that tests send with. */
export const SECRET = 'kq3Zt0uX9-what-both-sides-know-5Yw';

/** That bot, with its receiver at this address. */
export const senderAt = (
  apiUrl: string,
  credentials: Sender['credentials'] = { secret: SECRET },
) => ({
  id: 'bot-1',
  credentials,
  apiUrl,
});

const buttons: readonly Button[] = [
  { kind: 'link', label: 'See the sale', url: 'https://shop.example/sale' },
  { kind: 'message', label: 'Remind {{first_name | me}}', payload: 'remind' },
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

const url = expect.stringMatching(/^https:/);

/** What people get of them, in both forms of words. */
const arrives: readonly object[] = [
  {
    type: 'text',
    text: { plain: 'Hi Ann, it ends tonight.', markdown: 'Hi Ann, it ends **tonight**.' },
    buttons: [
      { kind: 'link', label: 'See the sale', url },
      { kind: 'message', label: 'Remind Ann', payload: `c:${someTarget('').refOf(1)}` },
      { kind: 'buy', label: 'Buy now', url },
    ],
  },
  { type: 'image', url, caption: { plain: 'For Ann' } },
  { type: 'video', url },
  { type: 'audio', url, caption: { plain: 'Listen' } },
  { type: 'voice', url },
  { type: 'file', url },
  { type: 'gallery', cards: [{ url, title: 'Shoes', text: { markdown: 'from **10**' } }, { url }] },
].map((message, part) => ({ ...message, key: someTarget('').keyOf(part) }));

const card: GalleryCard = { url: 'https://a.b/c.jpg' };

/** The webhook channel, for the contract suite. */
export const webhookFacts: ConnectorFacts = {
  open: ({ timeoutMs, sandboxUrl }) =>
    new WebhookConnector({
      version: '1.0.0',
      timeoutMs,
      // Receivers believe nothing that was signed long ago.
      now: () => (sandboxUrl === undefined ? ARRIVAL : STARTED),
    }),
  sender: (apiUrl) => senderAt(apiUrl),
  another: { secret: 'another' },
  address,
  addressOf: (index) => `person-${index}@shop.example`,
  good: GOOD,
  arrives,
  bad: badContent,
  limits: [
    limit.elements(10),
    limit.text(10_000),
    limit.wideText(10_000),
    limit.link(2000),
    limit.caption(2000, { type: 'image', ...card }),
    limit.label(100),
    limit.buttons(10),
    limit.buttonUrl(2000),
    limit.cards(10, card),
    limit.ofCard('title', 200, { card, code: 'title_too_long' }),
    limit.ofCard('text', 1000, { card, code: 'text_too_long' }),
    limit.ofCard('buttons', 10, { card, code: 'too_many_buttons' }),
  ],
  files: [],
  refusals,
  sandbox: {
    channel: 'webhook',
    path: '/webhook/shop',
    token: 'shop',
    name: 'Corner Shop',
    profile: () => ({ name: 'Corner Shop', secret: SECRET }),
    chatOf: (person) => person,
    idOf: ({ id }) => String(id),
  },
  webhook: (body, signature) => {
    const request = signed(body, {
      secret: signature === 'true' ? SECRET : 'another',
      at: ARRIVAL,
    });
    return signature === 'missing' ? { ...request, headers: {} } : request;
  },
  updates,
  signature: { in: { header: 'x-crier-signature' }, coversBody: true },
  happenings,
};
