import {
  count,
  instant,
  integer,
  list,
  object,
  oneOf,
  orNull,
  page,
  record,
  ref,
  text,
  uuid,
  type JsonSchema,
} from './schema.ts';

const name: JsonSchema = {
  ...text(200),
  pattern: '\\S',
  description: 'a text that people can see',
};
const sums = {
  planned: count,
  sent: count,
  failed: count,
  skipped: count,
  unconfirmed: count,
  waiting: count,
};
const hold = text(64);
const row = {
  id: uuid,
  name: text(1_000, 0),
  status: ref('BroadcastStatus'),
  ...sums,
  delivered: orNull(count),
  opened: orNull(count),
  clickedBuy: count,
  clickedLink: count,
  clickedMessage: count,
  orders: count,
  sales: count,
  held: list(object({ reason: hold }, { optional: { lane: count, detail: { type: 'string' } } })),
  channels: list(text(64)),
  elementCounts: {
    ...record(count),
    description:
      'elements of the message that each channel shows; one with none gets no recipients',
  },
  composed: {
    ...orNull(object({ at: instant, actor: text(256, 0) })),
    description: 'who wrote the message last, and when',
  },
  speed: integer(1),
  createdAt: instant,
  sendAt: orNull(instant),
  startedAt: orNull(instant),
  completedAt: orNull(instant),
  progressAt: orNull(instant),
  copyOf: orNull(text(64)),
  revision: count,
} as const;

const startShown: JsonSchema = {
  anyOf: [
    object({ mode: { type: 'string', const: 'now' } }),
    object(
      { mode: { type: 'string', const: 'at' }, instant, local: text(32), zone: text(64) },
      {
        optional: {
          movedTo: {
            type: 'string',
            description: 'The wall time taken where daylight saving skips the one asked for.',
          },
        },
      },
    ),
  ],
};

const faults = list(object({ path: text(1_000, 0), code: text(64), message: text(2_000) }));
const copyOf = { to: text(64), element: count };

const details = {
  message: orNull(ref('MessageContent')),
  contentRevision: count,
  audience: ref('AudienceShown'),
  settings: ref('Settings'),
  start: orNull(ref('StartShown')),
};

/** Broadcasts: what is sent in, and what is read. */
export const broadcastSchemas: Readonly<Record<string, JsonSchema>> = {
  BroadcastStatus: oneOf(
    'draft',
    'scheduled',
    'preparing',
    'sending',
    'held',
    'sent',
    'stopped',
    'deleted',
  ),
  Settings: object({
    speed: {
      ...integer(1, 100_000),
      description: 'messages per second; the deployment has a ceiling, 25 unless raised',
    },
  }),
  BroadcastDraft: object(
    {},
    {
      optional: {
        name,
        message: ref('MessageContent'),
        audience: ref('Audience'),
        settings: ref('Settings'),
      },
    },
  ),
  BroadcastName: object({ name }),
  BroadcastCopy: object({}, { optional: { name } }),
  Start: {
    description: '"now", or {"local": "2026-12-01T09:00", "zone": "Europe/Kyiv"}',
    anyOf: [
      { type: 'string', const: 'now' },
      object({
        local: {
          type: 'string',
          pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?$',
          description: 'a wall time such as 2026-12-01T09:00',
        },
        zone: { ...text(64), description: 'an IANA time zone such as Europe/Kyiv' },
      }),
    ],
  },
  Activation: object({ start: ref('Start') }),
  Retry: object({ what: oneOf('failed', 'unconfirmed') }),
  TestSend: object({ contactId: text(64) }, { optional: { botId: text(256) } }),
  TestSent: object({ sent: { const: true }, contactId: text(64), botId: text(256) }),
  StartShown: startShown,
  BroadcastRow: object(row),
  Broadcast: object({ ...row, ...details }),
  MessageComposed: object({ ...row, warnings: faults }),
  MessageExported: object({
    ...row,
    warnings: faults,
    copied: list(object({ ...copyOf, as: list(text(64)) })),
    refused: list(object({ ...copyOf, errors: faults })),
  }),
  Activated: object({ ...row, start: ref('StartShown') }),
  BroadcastPage: page('BroadcastRow'),
  LaneReport: object({
    lane: count,
    botId: text(256),
    channel: text(64),
    ...sums,
    held: orNull(hold),
    completed: { type: 'boolean' },
  }),
  ButtonReport: object({
    button: count,
    kind: oneOf('link', 'message', 'buy'),
    label: text(1_000, 0),
    channel: text(64),
    clicks: count,
    people: count,
    orders: count,
    sales: count,
  }),
  Minute: object({
    minute: instant,
    sent: count,
    failed: count,
    skipped: count,
    unconfirmed: count,
    clicks: count,
  }),
  HistoryEntry: object({
    revision: count,
    at: instant,
    actor: text(256, 0),
    what: text(64),
    facts: record({ type: ['string', 'number'] }),
  }),
  BroadcastReport: object({
    row: ref('BroadcastRow'),
    ...details,
    excluded: record(count),
    lanes: list(ref('LaneReport')),
    buttons: list(ref('ButtonReport')),
    channels: list(ref('ChannelReport')),
    revenue: list(ref('Revenue')),
    reasons: object({ failed: record(count), skipped: record(count), unconfirmed: record(count) }),
    timeline: list(ref('Minute')),
    retries: list(object({ order: count, what: oneOf('failed', 'unconfirmed'), at: instant })),
    history: list(ref('HistoryEntry')),
  }),
  History: object({ items: list(ref('HistoryEntry')) }),
  RecipientRow: object({
    broadcastId: text(64),
    lane: count,
    index: count,
    contactId: text(64),
    botId: text(256),
    channel: text(64),
    outcome: oneOf('waiting', 'sent', 'failed', 'skipped', 'unconfirmed'),
    reason: orNull(text(256, 0)),
    at: orNull(instant),
    receipts: list(
      object(
        { kind: oneOf('delivered', 'opened', 'clicked', 'ordered'), count, firstAt: instant },
        { optional: { button: count } },
      ),
    ),
    messages: {
      ...list(object({ id: text(1_024, 0), leftAt: instant })),
      description: 'what the messenger accepted, on channels that report',
    },
  }),
  RecipientPage: page('RecipientRow'),
};
