import {
  anything,
  count,
  instant,
  integer,
  list,
  object,
  oneOf,
  orNull,
  record,
  ref,
  text,
  webAddress,
  type JsonSchema,
} from './schema.ts';

const role = oneOf('operator', 'analyst', 'channel', 'admin');
const botShown = {
  id: text(64),
  channel: text(64),
  name: text(200),
  rate: { type: 'number' },
  credentials: { ...list(text(64)), description: 'Names of what is kept; never the values.' },
};
const boolean = { type: 'boolean' };
const stopWords = {
  ...list(text(64)),
  maxItems: 50,
  description: 'words by which people ask the bot to write no more; case does not matter',
};

const botOptional = { apiUrl: webAddress, forwardTo: webAddress, stopWords };

/** Commands, bots, channels, media, tokens, upkeep and problems. */
export const thingSchemas: Readonly<Record<string, JsonSchema>> = {
  BotChange: object(
    {
      channel: { ...text(32), pattern: '^[a-z][a-z0-9_-]*$', description: 'the name of a channel' },
    },
    {
      optional: {
        name: text(200),
        credentials: { ...record(text(4_000)), maxProperties: 20 },
        rate: { ...integer(1, 100_000), description: 'messages per second of the bot' },
        apiUrl: webAddress,
        forwardTo: webAddress,
        stopWords,
      },
    },
  ),
  Bot: object(botShown, { optional: botOptional }),
  BotRegistered: object(botShown, {
    optional: {
      ...botOptional,
      secrets: {
        ...record({ type: 'string' }),
        description:
          'What was made up just now, for you to set on the other side. Shown this once.',
      },
    },
  }),
  BotList: object({ items: list(ref('Bot')) }),
  Capabilities: object(
    {
      channel: text(64),
      version: text(100, 0),
      reports: object({ delivered: boolean, opened: boolean }),
      rate: object({ standard: { type: 'number' }, most: { type: 'number' } }),
      elements: list(text(64)),
      buttons: list(text(64)),
      limits: object({
        textLength: count,
        captionLength: count,
        buttonsPerMessage: count,
        labelLength: count,
        galleryCards: object({ least: count, most: count }),
        mediaBytes: count,
      }),
      idempotent: boolean,
    },
    {
      optional: {
        windowMs: {
          ...count,
          description: 'messages may be sent for so long after the person wrote last',
        },
        ownSecrets: {
          ...list(text(64)),
          description: 'credentials that are made up for bots that are registered without them',
        },
      },
    },
  ),
  ChannelShown: object({
    channel: text(64),
    alive: { ...boolean, description: 'A dispatcher has announced itself and not fallen silent.' },
    instances: count,
    expiresAt: instant,
    capabilities: ref('Capabilities'),
  }),
  ChannelList: object({ items: list(ref('ChannelShown')) }),
  CommandPending: object({
    commandId: text(64),
    location: { type: 'string', description: 'Look here for what became of it.' },
  }),
  CommandShown: object(
    { commandId: text(64), state: oneOf('pending', 'accepted', 'refused'), askedAt: instant },
    {
      optional: {
        broadcastId: text(64),
        revision: { type: 'integer' },
        rejection: {
          type: 'object',
          properties: { code: text(64) },
          additionalProperties: anything,
        },
      },
    },
  ),
  Media: object({
    id: text(128),
    name: text(1_000, 0),
    contentType: text(100),
    bytes: count,
    sha256: text(64),
    url: { type: 'string' },
  }),
  TokenWanted: object({
    name: { ...text(100), pattern: '\\S', description: 'a visible text' },
    role,
  }),
  TokenShown: object(
    { id: text(64), name: text(100), role, createdAt: instant, revoked: boolean },
    { optional: { lastUsedAt: instant } },
  ),
  TokenIssued: object({
    id: text(64),
    name: text(100),
    role,
    createdAt: instant,
    revoked: boolean,
    token: { type: 'string', description: 'Shown this once.' },
  }),
  Me: object({ name: text(100), role }),
  TokenList: object({ items: list(ref('TokenShown')) }),
  Projection: object({
    projection: text(100),
    version: count,
    position: orNull({ type: 'string' }),
    recordedAt: orNull(instant),
    rebuilding: boolean,
  }),
  ProjectionList: object({ items: list(ref('Projection')) }),
  RebuildBegun: object({ started: { const: true } }),
  Verification: object({
    ok: boolean,
    broadcasts: list(object({ id: text(64), ok: boolean, differences: list({ type: 'string' }) })),
  }),
  Problem: object(
    {
      type: { type: 'string', format: 'uri' },
      title: text(100),
      status: integer(400, 599),
      detail: text(4_000),
      code: text(64),
    },
    {
      optional: {
        errors: list(object({ path: { type: 'string' }, code: text(64), message: text(4_000) })),
      },
    },
  ),
};
