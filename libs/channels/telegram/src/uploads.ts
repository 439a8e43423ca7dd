import { UploadRefused, type Assets, type MediaReader, type Sender } from '@crier/connector';
import type { Element } from '@crier/contracts';
import { Unavailable } from '@crier/kernel';
import { buffer } from 'node:stream/consumers';
import { FormData } from 'undici';
import { accountOf } from './account.ts';
import type { BotApi } from './calls/bot-api.ts';
import { classify, readResponse } from './calls/classify.ts';
import { MEDIA, assetFields, assetKey, withField, type MediaField } from './content/media-kinds.ts';
import {
  MOST_FETCHED_FILE_BYTES,
  MOST_FETCHED_PHOTO_BYTES,
  MOST_FILE_BYTES,
  MOST_PHOTO_BYTES,
} from './limits.ts';

/** An upload of Crier's that a message shows, in one of Telegram's kinds; a card's kind follows from its file. */
interface Wanted {
  readonly media: string;
  readonly field: MediaField | 'card';
}

type File = NonNullable<Awaited<ReturnType<MediaReader['find']>>>;

interface Ready {
  readonly media: string;
  readonly field: MediaField;
  readonly file: File;
}

const METHODS: Readonly<Record<MediaField, string>> = Object.fromEntries(
  Object.values(MEDIA).map(({ field, method }) => [field, method]),
) as Record<MediaField, string>;

const wantedBy = (element: Element): readonly Wanted[] => {
  if (element.type === 'text') return [];
  if (element.type === 'gallery')
    return element.cards.flatMap(({ media }) =>
      media === undefined ? [] : [{ media, field: 'card' as const }],
    );
  const { media } = element;
  return media === undefined ? [] : [{ media, field: MEDIA[element.type].field }];
};

const isKnown = ({ media, field }: Wanted, assets: Assets): boolean => {
  const fields = assetFields(assets[assetKey(media)]);
  return field === 'card' ? fields.has('photo') || fields.has('video') : fields.has(field);
};

const fieldOf = ({ media, field }: Wanted, { contentType }: File): MediaField => {
  if (field !== 'card') return field;
  if (contentType.startsWith('image/')) return 'photo';
  if (contentType.startsWith('video/')) return 'video';
  throw new UploadRefused('a gallery shows pictures and videos only', { media, contentType });
};

const fileIdIn = (result: unknown, field: MediaField): string | undefined => {
  const found = (result as Readonly<Record<string, unknown>> | null)?.[field];
  // A photo comes in several sizes, the largest last.
  const file: unknown = Array.isArray(found) ? found.at(-1) : found;
  const id = (file as { readonly file_id?: unknown } | null | undefined)?.file_id;
  return typeof id === 'string' ? id : undefined;
};

const checkSize = ({ media, field, file }: Ready, isFetched: boolean): void => {
  const mostPhoto = isFetched ? MOST_FETCHED_PHOTO_BYTES : MOST_PHOTO_BYTES;
  const mostFile = isFetched ? MOST_FETCHED_FILE_BYTES : MOST_FILE_BYTES;
  const most = field === 'photo' ? mostPhoto : mostFile;
  if (file.bytes > most)
    throw new UploadRefused(`the file is larger than ${most} bytes`, { media, bytes: file.bytes });
};

/**
 * Makes uploads of Crier's usable by one bot. Telegram has no way to upload a file but to send it to somebody: where
 * the bot's credentials name an `uploadChat` (a chat of the team's), each file is sent there once, silently, and is
 * known by its `file_id` from then on. Without one, messages carry the file's public address, which Telegram fetches.
 */
export class Uploads {
  readonly #api: BotApi;

  constructor(api: BotApi) {
    this.#api = api;
  }

  /** The handles not known yet. @throws UploadRefused, Unavailable */
  async prepare(
    sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    const assets: Record<string, string> = { ...known };
    for (const wanted of elements.flatMap(wantedBy)) {
      if (isKnown(wanted, assets)) continue;
      const file = await media.find(wanted.media);
      if (file === undefined)
        throw new UploadRefused('the file is not kept here', { media: wanted.media });
      const ready = { media: wanted.media, field: fieldOf(wanted, file), file };
      const key = assetKey(wanted.media);
      assets[key] = withField(assets[key], ready.field, await this.#handle(sender, ready, media));
    }
    return assets;
  }

  async #handle(sender: Sender, ready: Ready, media: MediaReader): Promise<string> {
    const { uploadChat } = sender.credentials;
    checkSize(ready, uploadChat === undefined);
    if (uploadChat === undefined) return media.urlOf(ready.media);

    const content = await media.open(ready.media);
    if (content === undefined)
      throw new UploadRefused('the file is not kept here', { media: ready.media });
    const form = new FormData();
    form.append('chat_id', uploadChat);
    form.append('disable_notification', 'true');
    const blob = new Blob([await buffer(content)], { type: ready.file.contentType });
    form.append(ready.field, blob, ready.file.name);
    return this.#send(sender, ready, form);
  }

  async #send(sender: Sender, { media, field }: Ready, form: FormData): Promise<string> {
    const exchanged = await this.#api.upload(accountOf(sender), METHODS[field], form);
    if (exchanged === undefined)
      throw new UploadRefused('the token cannot be one', { media, reason: 'unauthorized' });
    const result = classify(exchanged);
    if (result.result === 'later' || result.result === 'unknown')
      throw new Unavailable('Telegram does not take files now', { media, reason: result.reason });
    if (result.result === 'moved')
      throw new UploadRefused('the upload chat has another address', { media, reason: 'moved' });
    if (result.result !== 'accepted')
      throw new UploadRefused('Telegram refuses the file', { media, reason: result.reason });

    const response = exchanged.kind === 'answered' ? readResponse(exchanged.body) : undefined;
    const id = response?.ok === true ? fileIdIn(response.result, field) : undefined;
    if (id === undefined)
      throw new UploadRefused(`Telegram does not take the file for a ${field}`, { media });
    return id;
  }
}
