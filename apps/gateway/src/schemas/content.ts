import {
  integer,
  list,
  object,
  oneOf,
  record,
  ref,
  text,
  webAddress,
  type JsonSchema,
} from './schema.ts';

const buttons = list(ref('Button'), 100);
const source: Readonly<Record<string, JsonSchema>> = {
  url: webAddress,
  media: { ...text(128), description: 'id of an upload' },
};
const oneSource = { oneOf: [{ required: ['url'] }, { required: ['media'] }] };
const kind = (name: string): JsonSchema => ({ type: 'string', const: name });
const label = text(200);
const utm: JsonSchema = { ...text(200), pattern: '\\S' };

const channelName: JsonSchema = { ...text(32), pattern: '^[a-z][a-z0-9_-]{0,31}$' };

/** The message of a broadcast. */
export const contentSchemas: Readonly<Record<string, JsonSchema>> = {
  LinkButton: object({ kind: kind('link'), label, url: webAddress }),
  MessageButton: object({ kind: kind('message'), label, payload: text(1_000) }),
  BuyButton: object({ kind: kind('buy'), label, url: webAddress }),
  Button: {
    type: 'object',
    description: 'link, message or buy',
    discriminator: { propertyName: 'kind' },
    required: ['kind'],
    oneOf: [ref('LinkButton'), ref('MessageButton'), ref('BuyButton')],
  },
  TextElement: object(
    {
      type: kind('text'),
      text: {
        ...text(20_000),
        description:
          "CommonMark's bold, italic, strike, code and link; `{{variable | fallback}}` is filled for each person.",
      },
    },
    { optional: { buttons } },
  ),
  MediaElement: {
    ...object(
      { type: oneOf('image', 'video', 'audio', 'voice', 'file') },
      { optional: { ...source, caption: text(20_000, 0), buttons } },
    ),
    ...oneSource,
  },
  GalleryCard: {
    ...object(
      {},
      { optional: { ...source, title: text(1_000, 0), text: text(5_000, 0), buttons } },
    ),
    ...oneSource,
  },
  GalleryElement: object({ type: kind('gallery'), cards: list(ref('GalleryCard'), 50, 1) }),
  Element: {
    type: 'object',
    description: 'text, image, video, audio, voice, file or gallery',
    discriminator: { propertyName: 'type' },
    required: ['type'],
    oneOf: [ref('TextElement'), ref('MediaElement'), ref('GalleryElement')],
  },
  Utm: object({ source: utm, medium: utm, campaign: utm }),
  MessageContent: object(
    {
      synchronised: {
        type: 'boolean',
        description: 'true: one content for all channels; false: each has its own under `channels`',
      },
      elements: list(ref('Element'), 50),
    },
    {
      optional: {
        utm: {
          ...ref('Utm'),
          description: 'added to the targets of link and buy buttons that have none of their own',
        },
        channels: {
          ...record(object({ elements: list(ref('Element'), 50) })),
          maxProperties: 20,
          propertyNames: { pattern: '^[a-z][a-z0-9_-]{0,31}$' },
        },
      },
    },
  ),
  MessageExport: object(
    {
      from: channelName,
      to: { ...list(channelName, 20, 1), description: 'copies are added behind what these have' },
    },
    {
      optional: {
        elements: {
          ...list(integer(0, 49), 50, 1),
          description: 'indexes in the content of `from`; all of them where absent',
        },
      },
    },
  ),
};
