import { afterAll, describe, expect, it } from '@jest/globals';
import type { WebhookReading, WebhookRequest } from '@crier/connector';
import { FacebookConnector } from './index.ts';
import { callOf, PAGE, PSID } from './testing/calls-seen.ts';
import { postOf, senderAt, VERIFY_TOKEN } from './testing/facebook-facts.ts';
import { PAGE_ID, vendorSamples } from './testing/vendor-samples.ts';

const connector = new FacebookConnector({ version: '1.0.0' });
afterAll(() => connector.close());
const sender = senderAt('http://127.0.0.1:1');
const reading = (body: string, from = sender): WebhookReading =>
  connector.readWebhook(from, postOf(body));
const dedupesOf = (read: WebhookReading) =>
  read.authentic ? read.events.map(({ dedupe }) => dedupe) : [];

describe('the samples of Meta’s pages', () => {
  it.each(vendorSamples)('mean what they say: $title', ({ call, events, foreign }) => {
    const from = senderAt('http://127.0.0.1:1', { pageId: PAGE_ID });
    const read = reading(JSON.stringify(call), from);
    expect(read).toMatchObject({ authentic: true, events, foreign });
    expect(dedupesOf(read)).toHaveLength(events.length);
  });
});

describe('the first call to a webhook', () => {
  const verification = (query: WebhookRequest['query'], from = sender): WebhookReading =>
    connector.readWebhook(from, {
      method: 'GET',
      headers: {},
      query: {
        'hub.mode': 'subscribe',
        'hub.verify_token': VERIFY_TOKEN,
        'hub.challenge': '1158201444',
        ...query,
      },
      rawBody: Buffer.alloc(0),
    });

  it('is answered with its challenge', () => {
    expect(verification({})).toEqual({
      authentic: true,
      events: [],
      foreign: false,
      answer: '1158201444',
    });
  });

  it.each([
    ['another token', { 'hub.verify_token': `${VERIFY_TOKEN}!` }],
    ['no token', { 'hub.verify_token': undefined }],
    ['another mode', { 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.challenge': undefined }],
    ['markup for a challenge', { 'hub.challenge': '<script>' }],
  ])('is not believed with %s', (_, query) => {
    expect(verification(query)).toEqual({ authentic: false });
  });

  it('is not believed where the bot has no verify token, even if it names none', () => {
    const from = senderAt('http://127.0.0.1:1', { verifyToken: '' });
    expect(verification({ 'hub.verify_token': '' }, from)).toEqual({ authentic: false });
  });
});

describe('a signature', () => {
  it('counts for the very bytes that came', () => {
    const body = callOf({ sender: { id: PSID }, recipient: { id: PAGE }, read: { watermark: 5 } });
    const { headers } = postOf(body);
    const changed = { ...postOf(`${body} `), headers };
    expect(connector.readWebhook(sender, changed)).toEqual({ authentic: false });
    const escaped = callOf({
      sender: { id: PSID },
      message: { mid: 'm', text: 'Grüße' },
    }).replace('ü', String.raw`\u00fc`);
    expect(reading(escaped)).toMatchObject({ events: [{ kind: 'started', text: 'Grüße' }] });
  });
});

describe('the name of an event', () => {
  const told = (fields: object) => ({ sender: { id: PSID }, recipient: { id: PAGE }, ...fields });
  const different = [
    told({ delivery: { watermark: 5 } }),
    told({ delivery: { watermark: 6 } }),
    told({ delivery: { watermark: 5, mids: ['m_1'] } }),
    told({ read: { watermark: 5 } }),
    { ...told({ read: { watermark: 5 } }), sender: { id: '77' } },
    told({ message: { mid: 'm_1', text: 'x' } }),
    told({ message: { mid: 'm_2', text: 'x' } }),
    told({ timestamp: 1, postback: { payload: 'c:A' } }),
    told({ timestamp: 2, postback: { payload: 'c:A' } }),
    told({ timestamp: 1, postback: { payload: 'x' } }),
    told({ timestamp: 1, optin: { ref: 'a' } }),
    told({ timestamp: 1, referral: { ref: 'a' } }),
  ];

  it('is its own, within a call and between calls', () => {
    const dedupes = dedupesOf(reading(callOf(...different)));
    expect(dedupes).toHaveLength(different.length);
    expect(new Set(dedupes).size).toBe(different.length);
    expect(different.flatMap((item) => dedupesOf(reading(callOf(item))))).toEqual(dedupes);
  });

  it('is another for another bot', () => {
    const call = callOf(different[0]);
    const another = { ...sender, id: 'bot-2' };
    expect(dedupesOf(reading(call, another))).not.toEqual(dedupesOf(reading(call)));
  });
});
