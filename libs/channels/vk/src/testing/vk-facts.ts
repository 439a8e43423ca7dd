import { expect } from '@jest/globals';
import type { Assets, Connector, MediaReader, Sender, WebhookRequest } from '@crier/connector';
import { limit, openServer, type ConnectorFacts } from '@crier/connector/testing';
import type { Button, Element, GalleryCard } from '@crier/contracts';
import { Readable } from 'node:stream';
import { VkConnector } from '../index.ts';
import { badContent } from './bad-content.ts';
import { happenings } from './happenings.ts';
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

const media: MediaReader = {
  find: () => Promise.resolve({ name: 'a.ogg', contentType: 'audio/ogg', bytes: 3 }),
  open: () => Promise.resolve(Readable.from([Buffer.from('ogg')])),
  urlOf: (id) => `https://crier.example/media/${id}`,
};

const SHOP = 'https://shop.example';

/** Uploads the files of good content, from a shop on the loopback. */
const assets = async (connector: Connector, sender: Sender): Promise<Assets> => {
  const shop = await openServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    response.end('png');
  });
  const here = JSON.parse(JSON.stringify(GOOD).replaceAll(SHOP, shop.url)) as readonly Element[];
  const uploaded = await connector.prepare(sender, here, media, {});
  await shop.close();
  return JSON.parse(JSON.stringify(uploaded).replaceAll(shop.url, SHOP)) as Assets;
};

const own = expect.stringMatching(new RegExp(`^(photo|doc)-${GROUP_ID}_\\d+_\\w+$`));

/** What a chat shows of them. */
const arrives: readonly object[] = [
  { message: 'Hi Ann, it ends tonight.', keyboard: expect.stringContaining('callback') },
  { message: 'For Ann', attachment: 'photo-1_2' },
  { attachment: 'video-1_3' },
  { message: `Listen\n${SHOP}/a.mp3` },
  { attachment: own },
  { attachment: own },
  {
    message: 'Shoes · Hats',
    template: expect.stringContaining(`"photo_id":"-${GROUP_ID}_`),
  },
  { message: 'Shoes', attachment: 'photo-1_4,photo-1_5' },
];

const card: GalleryCard = { url: 'photo-1_4' };
const whole: GalleryCard = { ...card, title: 'a', text: 'b', buttons: buttons.slice(1, 2) };

/** VK, for the contract suite. */
export const vkFacts: ConnectorFacts = {
  open: ({ timeoutMs }) =>
    new VkConnector({
      version: '1.0.0',
      now: () => ARRIVAL,
      assumed: { requestsPerSecond: 1000 },
      timeoutMs,
    }),
  sender: (apiUrl) => senderAt(apiUrl),
  another: { token: 'vk1.a.another', groupId: String(GROUP_ID), secret: 'another' },
  address: PEER,
  addressOf: (index) => String(1_000 + index),
  good: GOOD,
  assets,
  arrives,
  bad: badContent,
  limits: [
    limit.elements(10),
    limit.text(9000),
    limit.wideText(9000),
    limit.link(2000),
    limit.caption(9000, { type: 'image', ...card }),
    limit.label(40),
    limit.buttons(10),
    limit.buttonUrl(2000),
    limit.cards(10, card),
    limit.ofCard('title', 80, { card: whole, code: 'text_too_long' }),
    limit.ofCard('text', 80, { card: whole, code: 'text_too_long' }),
    limit.ofCard('buttons', 3, { card: whole, code: 'too_many_buttons' }),
  ],
  files: [
    { element: 'image', name: 'a.png', contentType: 'image/png', most: 50_000_000 },
    { element: 'file', name: 'a.pdf', contentType: 'application/pdf', most: 50_000_000 },
  ],
  refusals,
  batch: { equal: 2500, different: 25 },
  sandbox: {
    channel: 'vk',
    path: '/vk',
    token: TOKEN,
    name: 'Corner Shop',
    profile: () => ({ name: 'Corner Shop', id: GROUP_ID }),
    chatOf: (peer) => peer,
    idOf: ({ message_id: id }) => String(id),
  },
  webhook: (body, signature) => {
    const call = webhookCall(body, { true: SECRET, forged: 'another', missing: '' }[signature]);
    if (signature !== 'missing') return call;
    const fields = JSON.parse(call.rawBody.toString()) as object;
    return { ...call, rawBody: Buffer.from(JSON.stringify({ ...fields, secret: undefined })) };
  },
  updates,
  signature: { in: { field: 'secret' }, coversBody: false },
  happenings,
};
