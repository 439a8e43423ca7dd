import type { Sender } from '@crier/connector';
import type { ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { WebhookConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { address, ARRIVAL, updates } from './calls-seen.ts';
import { refusals } from './refused-answers.ts';
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

/** The webhook channel, for the contract suite. */
export const webhookFacts: ConnectorFacts = {
  open: (options) => new WebhookConnector({ version: '1.0.0', now: () => ARRIVAL, ...options }),
  sender: (apiUrl) => senderAt(apiUrl),
  address,
  good: GOOD,
  bad: badContent,
  accepted: { answer: { status: 200, body: '{"id":"m-1"}' }, id: 'm-1' },
  refusals,
  webhook: (body, signature) => {
    const request = signed(body, {
      secret: signature === 'true' ? SECRET : 'another',
      at: ARRIVAL,
    });
    return signature === 'missing' ? { ...request, headers: {} } : request;
  },
  updates,
};
