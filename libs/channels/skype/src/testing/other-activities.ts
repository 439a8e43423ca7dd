import type { WebhookRow } from '@crier/connector/testing';
import { SERVICE, address } from './vendor-samples.ts';

/** A time of arrival, for what carries none. */
export const ARRIVAL = '2026-12-01T09:00:00.000Z';

const OTHER_SERVICE = 'https://smba.trafficmanager.net/emea/tenant-1';
const foreign: WebhookRow['reading'] = { events: [], foreign: true };

const events = (event: object): WebhookRow['reading'] =>
  ({ events: [event], foreign: true }) as WebhookRow['reading'];

const told = (
  title: string,
  activity: object,
  reading: WebhookRow['reading'] = foreign,
): WebhookRow => ({
  title,
  body: JSON.stringify({
    type: 'message',
    id: 'x1',
    serviceUrl: SERVICE,
    channelId: 'skype',
    from: { id: address, name: ' Ann  Mary Lee ' },
    conversation: { id: address },
    recipient: { id: '28:bot' },
    ...activity,
  }),
  reading,
});

/** What else may come, and what is to be made of it. */
export const otherActivities: readonly WebhookRow[] = [
  told(
    'a message of no time',
    { text: 'Hi', locale: 'en-US', timestamp: 'yesterday' },
    events({
      kind: 'started',
      address,
      firstName: 'Ann',
      lastName: 'Mary Lee',
      language: 'en-US',
      text: 'Hi',
      at: ARRIVAL,
    }),
  ),
  told(
    'a message from another service',
    { serviceUrl: `${OTHER_SERVICE}/` },
    events({ kind: 'started', address: `${OTHER_SERVICE} ${address}` }),
  ),
  told(
    'a long message',
    { text: '😀'.repeat(300) },
    events({ kind: 'started', text: `${'😀'.repeat(127)}…` }),
  ),
  told('a press with a broken ref', { text: 'c:a b' }, events({ kind: 'started', text: 'c:a b' })),
  told(
    'a form of somebody else',
    { value: { choice: 'c:AbC' } },
    events({ kind: 'started', address }),
  ),
  told(
    'an installation',
    { type: 'installationUpdate', action: 'add' },
    events({ kind: 'started', address }),
  ),
  told(
    'the end of an installation',
    { type: 'installationUpdate', action: 'remove' },
    events({ kind: 'status', address, status: 'blocked' }),
  ),
  told('an upgrade', { type: 'installationUpdate', action: 'remove-upgrade' }),
  told(
    'a bot that is added by nobody known',
    { type: 'conversationUpdate', from: 5, membersAdded: [null] },
    events({ kind: 'started', address }),
  ),
  told('a group', { conversation: { id: '19:g', isGroup: true }, text: 'c:AbC' }),
  told('a channel of a team', { conversation: { id: '19:g', conversationType: 'channel' } }),
  told('another channel', { channelId: 'msteams', text: 'Hi' }),
  told('a message of nobody', { conversation: {} }),
  told('a conversation that no address can say', { conversation: { id: 'a b' } }),
  told('something new', { type: 'constructor' }),
  told('nothing at all', { type: 5 }),
];
