import type { WebhookEvent } from '@crier/connector';
import type { WebhookRow } from '@crier/connector/testing';

/** The person and the service of all the samples. */
export const address = '29:USER';
export const SERVICE = 'https://smba.trafficmanager.net/apis';

const at = '2016-10-19T20:17:52.289Z';
const foreign: WebhookRow['reading'] = { events: [], foreign: true };

const reading = (event: object, isForeign = true): WebhookRow['reading'] => ({
  events: [{ address, at, ...event } as WebhookEvent],
  foreign: isForeign,
});

/** Written as in the documentation; what one sample changes is put over it. */
const sample = (
  title: string,
  activity: object,
  expected: WebhookRow['reading'] = foreign,
): WebhookRow => ({
  title,
  body: JSON.stringify({
    type: 'message',
    id: 'bf3cc9a2f5de',
    timestamp: '2016-10-19T20:17:52.2891902Z',
    serviceUrl: SERVICE,
    channelId: 'skype',
    from: { id: address, name: 'Ann' },
    conversation: { id: address },
    recipient: { id: '28:APP_ID' },
    ...activity,
  }),
  reading: expected,
});

const ann = { kind: 'started', firstName: 'Ann' };

/**
 * Activities as the Connector sends them: the message of MicrosoftDocs/bot-docs (`rest-api`, its Skype sample), and the
 * other types after microsoft/botframework-sdk `botframework-activity.md`.
 */
export const vendorSamples: readonly WebhookRow[] = [
  sample('a word', { text: 'Hello' }, reading({ ...ann, text: 'Hello' })),
  sample(
    "a press of somebody else's button",
    { text: 'm:7f3a:2' },
    reading({ ...ann, text: 'm:7f3a:2' }),
  ),
  sample(
    'a press of our button, as words',
    { text: 'c:AbC-_1' },
    reading({ kind: 'pressed', ref: 'AbC-_1', pressId: 'bf3cc9a2f5de' }, false),
  ),
  sample(
    'a press of our button, as a value',
    { text: '', value: 'c:AbC-_1' },
    reading({ kind: 'pressed', ref: 'AbC-_1', pressId: 'bf3cc9a2f5de' }, false),
  ),
  sample(
    'a person who adds the bot',
    { type: 'contactRelationUpdate', action: 'add' },
    reading(ann),
  ),
  sample(
    'a person who removes the bot',
    { type: 'contactRelationUpdate', action: 'remove' },
    reading({ kind: 'status', status: 'blocked' }),
  ),
  sample(
    'a conversation that begins',
    {
      type: 'conversationUpdate',
      from: { id: '28:APP_ID' },
      membersAdded: [{ id: '28:APP_ID' }, { id: address, name: 'Ann' }],
    },
    reading(ann),
  ),
  sample(
    'a conversation that ends',
    { type: 'conversationUpdate', membersRemoved: [{ id: address }] },
    reading({ kind: 'status', status: 'unsubscribed' }),
  ),
  sample(
    'a reaction, which is no receipt',
    { type: 'messageReaction', reactionsAdded: [{ type: 'like' }], replyToId: '1' },
    reading({ kind: 'active' }),
  ),
  sample('somebody who types', { type: 'typing' }),
  sample('the end of a conversation', { type: 'endOfConversation', code: 'unknown' }),
  sample('an invocation', { type: 'invoke', name: 'signin/verifyState', value: {} }),
  sample('a new topic', { type: 'conversationUpdate', topicName: 'Shoes' }),
];
