import type { Sender, WebhookRequest } from '@crier/connector';
import type { ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element } from '@crier/contracts';
import { VkConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { GROUP_ID, PEER } from './peers.ts';
import { refusals } from './refused-answers.ts';
import { ARRIVAL, updates } from './vendor-samples.ts';

/** The token of the bot that tests send with. */
export const TOKEN = 'vk1.a.Qm8zT4sYw-Hx2_kLr9Vd';
export const SECRET = 'aaQ13axAPQEcczQa';

/** That bot, at this address of the API. */
export const senderAt = (apiUrl: string, more: Readonly<Record<string, string>> = {}): Sender => ({
  id: 'bot-1',
  credentials: { token: TOKEN, groupId: String(GROUP_ID), secret: SECRET, ...more },
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
  { type: 'image', url: 'https://vk.com/photo-1_2', caption: '*For* {{first_name}}', buttons },
  { type: 'video', url: 'https://vk.com/video-1_3' },
  { type: 'audio', url: 'https://shop.example/a.mp3', caption: 'Listen' },
  { type: 'voice', media: 'greeting' },
  { type: 'file', url: 'https://shop.example/a.pdf' },
  {
    type: 'gallery',
    cards: [
      { url: 'photo-1_4', title: 'Shoes', text: 'from **10**', buttons },
      { url: 'https://shop.example/c.png', title: 'Hats', text: 'from 5', buttons },
    ],
  },
  { type: 'gallery', cards: [{ url: 'photo-1_4', title: 'Shoes' }, { url: 'photo-1_5' }] },
];

const fieldsOf = (body: string): object => {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? parsed
      : { type: 'message_new', object: parsed };
  } catch {
    return { object: body };
  }
};

/** A call of VK's: whoever makes it is known by a secret among the fields, so there always are fields. */
export const webhookCall = (body: string, secret: string | undefined = SECRET): WebhookRequest => ({
  method: 'POST',
  query: {},
  headers: { 'content-type': 'application/json' },
  rawBody: Buffer.from(JSON.stringify({ group_id: GROUP_ID, ...fieldsOf(body), secret })),
});

/** VK, for the contract suite. */
export const vkFacts: ConnectorFacts = {
  open: (options) =>
    new VkConnector({
      version: '1.0.0',
      now: () => ARRIVAL,
      assumed: { requestsPerSecond: 1000 },
      ...options,
    }),
  sender: (apiUrl) => senderAt(apiUrl),
  address: PEER,
  good: GOOD,
  bad: badContent,
  accepted: {
    answer: {
      status: 200,
      body: `{"response":[{"peer_id":${PEER},"message_id":811,"conversation_message_id":12}]}`,
    },
    id: '811',
  },
  refusals,
  webhook: (body, signature) => {
    const call = webhookCall(body, { true: SECRET, forged: 'another', missing: '' }[signature]);
    if (signature !== 'missing') return call;
    const fields = JSON.parse(call.rawBody.toString()) as object;
    return { ...call, rawBody: Buffer.from(JSON.stringify({ ...fields, secret: undefined })) };
  },
  updates,
};
