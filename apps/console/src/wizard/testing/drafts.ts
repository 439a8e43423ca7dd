import { broadcastRow } from '../../testing/broadcasts.ts';
import { refusal, ScriptedApi, type Asked } from '../../testing/scripted-api.ts';
import type { Broadcast, Capabilities } from '../../api/types.ts';

export const ID = '01900000-0000-7000-8000-0000000000aa';

/** A draft as the API shows it, with what matters to a test. */
export const draftOf = (changes: Partial<Broadcast> = {}): Broadcast => ({
  ...broadcastRow({ id: ID, status: 'draft', name: 'Spring sale', revision: 3, ...changes }),
  message: { synchronised: true, elements: [] },
  contentRevision: 1,
  audience: { filter: { all: [{ status: 'enabled' }] } as never, route: 'main' },
  settings: { speed: 25 },
  start: null,
  ...changes,
});

export const capabilitiesOf = (channel: string): Capabilities => ({
  channel,
  version: '1',
  reports: { delivered: false, opened: false },
  rate: { standard: 30, most: 1_000 },
  elements: ['text', 'image', 'gallery'],
  buttons: ['link', 'message', 'buy'],
  limits: {
    textLength: 4_096,
    captionLength: 1_024,
    buttonsPerMessage: 10,
    labelLength: 64,
    galleryCards: { least: 2, most: 10 },
    mediaBytes: 1_000_000,
  },
  idempotent: false,
});

const CHANNELS = ['telegram', 'viber'];

const channelShown = (channel: string) => ({
  channel,
  alive: true,
  instances: 1,
  expiresAt: '2027-01-01T00:00:00.000Z',
  capabilities: capabilitiesOf(channel),
});

const botOf = (channel: string) => ({
  id: `${channel}-bot`,
  channel,
  name: `Shop on ${channel}`,
  rate: 30,
  credentials: [],
});

/** Takes whatever is saved on its newest revision, and refuses what was made on an older one. */
export class DraftApi extends ScriptedApi {
  #draft: Broadcast;

  constructor(draft: Broadcast = draftOf()) {
    super();
    this.#draft = draft;
    this.on(`GET /v1/broadcasts/${ID}`, () => this.#draft);
    this.on(`PATCH /v1/broadcasts/${ID}`, (asked) => this.#take('name', asked));
    for (const part of ['message', 'audience', 'settings'] as const)
      this.on(`PUT /v1/broadcasts/${ID}/${part}`, (asked) => this.#take(part, asked));
    this.on('GET /v1/channels', () => ({ items: CHANNELS.map(channelShown) }));
    this.on('GET /v1/bots', () => ({ items: CHANNELS.map(botOf) }));
    this.on('GET /v1/contacts', () => ({ items: [] }));
    this.on(`GET /v1/broadcasts/${ID}/history`, () => ({ items: [] }));
    this.on(`GET /v1/broadcasts/${ID}/preview`, () => ({ channels: [] }));
    this.on('POST /v1/audience/count', () => ({
      matched: 34,
      planned: 29,
      perBot: [],
      excluded: { no_content: 5 },
    }));
  }

  get draft(): Broadcast {
    return this.#draft;
  }

  /** Somebody else changes it. */
  changeElsewhere(changes: Partial<Broadcast>): void {
    this.#draft = { ...this.#draft, ...changes, revision: this.#draft.revision + 1 };
  }

  /** What was last saved of a part. */
  saved(part: 'message' | 'audience' | 'settings'): unknown {
    return this.of(`PUT /v1/broadcasts/${ID}/${part}`).at(-1)?.body;
  }

  #take(part: keyof Broadcast, { body, headers }: Asked): unknown {
    if (headers.get('if-match') !== `"${this.#draft.revision}"`)
      return refusal({ code: 'REVISION_MISMATCH', status: 412 });
    this.changeElsewhere(part === 'name' ? (body as { name: string }) : { [part]: body });
    return { ...this.#draft, warnings: [] };
  }
}

export const EDIT = `/broadcasts/${ID}/edit`;
