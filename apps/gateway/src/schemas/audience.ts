import {
  count,
  instant,
  integer,
  list,
  object,
  oneOf,
  record,
  ref,
  text,
  type JsonSchema,
} from './schema.ts';

const status = oneOf('enabled', 'unsubscribed', 'blocked', 'disabled');
const value: JsonSchema = { type: ['string', 'number', 'boolean'] };
const valueOrNull: JsonSchema = { type: ['string', 'number', 'boolean', 'null'] };
const maybe = (most: number): JsonSchema => ({
  type: ['string', 'null'],
  minLength: 1,
  maxLength: most,
});
const labels = list(text(100), 200);

const connectionChange = object(
  { botId: text(256), address: text(256) },
  { optional: { status, statusAt: text(64), main: { type: 'boolean' } } },
);

const changes: Readonly<Record<string, JsonSchema>> = {
  externalId: maybe(256),
  firstName: maybe(256),
  lastName: maybe(256),
  language: { ...maybe(64), description: 'BCP 47' },
  zone: { ...maybe(64), description: 'IANA time zone' },
  tags: labels,
  tunnels: labels,
  addTags: labels,
  removeTags: labels,
  addTunnels: labels,
  removeTunnels: labels,
  variables: { ...record(valueOrNull), maxProperties: 100 },
  firstContactAt: text(64),
  lastActiveAt: text(64),
  connections: list(connectionChange, 50),
};

/** Contacts, filters and what they find. */
export const audienceSchemas: Readonly<Record<string, JsonSchema>> = {
  Filter: {
    type: 'object',
    description:
      'One condition, or a group {all|any|none: [filters]}. Conditions: {status}, {tag}, {tunnel}, {channel}, {bot}, {language}, {variable, is|isNot|above|below|contains|exists}, {firstContact|lastActive: {before?, after?, withinDays?}}, {behaviour: {did: sent|delivered|opened|clicked|ordered, button?, broadcast|lastDays}}.',
    examples: [
      { all: [{ status: 'enabled' }, { any: [{ tag: 'vip' }, { tunnel: 'spring' }] }] },
      { none: [{ behaviour: { did: 'sent', lastDays: 7 } }] },
    ],
  },
  Route: {
    description: '"main", or {"bots": […]}: the first of these bots that reaches the person',
    anyOf: [{ type: 'string', const: 'main' }, object({ bots: list(text(256), 50, 1) })],
  },
  Audience: object({ filter: ref('Filter') }, { optional: { route: ref('Route') } }),
  AudienceShown: object({ filter: ref('Filter'), route: ref('Route') }),
  AudienceQuestion: object(
    { filter: ref('Filter') },
    {
      optional: {
        route: ref('Route'),
        broadcastId: {
          ...text(64),
          description: 'Count those whom the message of this broadcast would reach.',
        },
      },
    },
  ),
  AudienceListQuestion: object(
    { filter: ref('Filter') },
    {
      optional: {
        route: ref('Route'),
        broadcastId: {
          ...text(64),
          description: 'List only those whom the message of this broadcast would reach.',
        },
        after: text(200),
        limit: integer(1, 1_000),
      },
    },
  ),
  AudienceCount: object({
    matched: count,
    planned: count,
    perBot: list(object({ botId: text(256), channel: text(64), count })),
    excluded: record(count),
  }),
  ConnectionStatus: status,
  Connection: object({
    botId: text(256),
    channel: text(64),
    address: text(1_000),
    status,
    statusAt: instant,
    main: { type: 'boolean' },
  }),
  Contact: object(
    {
      id: text(64),
      tags: list(text(100)),
      tunnels: list(text(100)),
      variables: record(value),
      firstContactAt: instant,
      lastActiveAt: instant,
      connections: list(ref('Connection')),
    },
    {
      optional: {
        externalId: text(256),
        firstName: text(256),
        lastName: text(256),
        language: text(64),
        zone: text(64),
      },
    },
  ),
  ContactChange: object({}, { optional: { id: text(64), ...changes } }),
  ContactPatch: object({}, { optional: changes }),
  ContactChanges: {
    description: 'a contact, or a list of 1 to 1,000 contacts',
    anyOf: [ref('ContactChange'), list(ref('ContactChange'), 1_000, 1)],
  },
  Upserted: {
    anyOf: [
      object({ ok: { const: true }, id: text(64), created: { type: 'boolean' } }),
      object({ ok: { const: false }, code: text(64), field: text(500, 0), message: text(2_000) }),
    ],
  },
  UpsertedList: object({ items: list(ref('Upserted')) }),
  ContactOrUpserted: { anyOf: [ref('Contact'), ref('UpsertedList')] },
  ContactPage: object({ items: list(ref('Contact')) }, { optional: { next: text(200) } }),
  ImportJob: object(
    {
      id: text(64),
      name: text(256, 0),
      format: oneOf('csv', 'ndjson'),
      state: oneOf('running', 'done', 'failed'),
      startedAt: instant,
      progress: object({
        rows: count,
        created: count,
        changed: count,
        failed: count,
        bytes: count,
      }),
    },
    {
      optional: {
        finishedAt: instant,
        reason: text(100),
        message: text(2_000),
        report: { type: 'string', description: 'Where the rows that failed are listed (CSV).' },
      },
    },
  ),
  ImportList: object({ items: list(ref('ImportJob')) }),
};
