import {
  UploadRefused,
  type Assets,
  type Exchanged,
  type MediaReader,
  type Sender,
} from '@crier/connector';
import type { Element, MediaSource } from '@crier/contracts';
import { Unavailable } from '@crier/kernel';
import { buffer } from 'node:stream/consumers';
import { FormData } from 'undici';
import type { Classifier } from './calls/classify.ts';
import type { GraphApi } from './calls/graph-api.ts';
import {
  assetKey,
  attachmentTypeOf,
  handleIn,
  withHandle,
  type AttachmentType,
  type MediaForm,
} from './content/media.ts';
import { MOST_FILE_BYTES } from './limits.ts';

type File = NonNullable<Awaited<ReturnType<MediaReader['find']>>>;

interface Wanted {
  readonly source: MediaSource;
  readonly form: MediaForm;
}

const ATTACHMENTS = 'me/message_attachments';
const CONTENT_TYPES: Readonly<Record<MediaForm, RegExp>> = {
  image: /^image\//,
  card: /^image\//,
  video: /^video\//,
  audio: /^(audio\/|application\/ogg)/,
  file: /^/,
};

const wantedBy = (element: Element): readonly Wanted[] => {
  if (element.type === 'text') return [];
  if (element.type !== 'gallery')
    return [{ source: element, form: attachmentTypeOf(element.type) }];
  // Meta fetches a card's picture by its address; only an upload has to be given one.
  return element.cards
    .filter(({ media }) => media !== undefined)
    .map((source) => ({ source, form: 'card' }));
};

const messageFor = (type: AttachmentType, source: object): object => ({
  attachment: { type, payload: { ...source, is_reusable: true } },
});

const fileFor = async (id: string, form: MediaForm, media: MediaReader): Promise<File> => {
  const file = await media.find(id);
  if (file === undefined) throw new UploadRefused('the file is not kept here', { media: id });
  const { contentType, bytes } = file;
  if (!CONTENT_TYPES[form].test(contentType))
    throw new UploadRefused(`Messenger does not take this file for ${form}`, {
      media: id,
      contentType,
    });
  if (bytes > MOST_FILE_BYTES)
    throw new UploadRefused(`the file is larger than ${MOST_FILE_BYTES} bytes`, {
      media: id,
      bytes,
    });
  return file;
};

/**
 * Makes files usable by one Page. Each is uploaded once, from Crier or by its address, and is known by its
 * `attachment_id` from then on: Meta neither fetches it for every message nor asks the shop's server again.
 */
export class Uploads {
  readonly #api: GraphApi;
  readonly #classifier: Classifier;

  constructor(api: GraphApi, classifier: Classifier) {
    this.#api = api;
    this.#classifier = classifier;
  }

  /** The handles not known yet, and the others. @throws UploadRefused, Unavailable */
  async prepare(
    sender: Sender,
    elements: readonly Element[],
    media: MediaReader,
    known: Assets,
  ): Promise<Assets> {
    const assets: Record<string, string> = { ...known };
    for (const wanted of elements.flatMap(wantedBy)) {
      const key = assetKey(wanted.source);
      if (handleIn(assets[key], wanted.form) !== undefined) continue;
      assets[key] = withHandle(assets[key], wanted.form, await this.#handle(sender, wanted, media));
    }
    return assets;
  }

  async #handle(sender: Sender, { source, form }: Wanted, media: MediaReader): Promise<string> {
    const { url, media: id } = source;
    if (id === undefined) return form === 'card' ? url : this.#fetched(sender, form, url);
    const file = await fileFor(id, form, media);
    return form === 'card' ? media.urlOf(id) : this.#uploaded(sender, { id, form, file }, media);
  }

  #fetched(sender: Sender, type: AttachmentType, url: string): Promise<string> {
    const body = JSON.stringify({ message: messageFor(type, { url }) });
    return this.#idFrom(this.#api.postSlowly(sender, ATTACHMENTS, body), { url });
  }

  async #uploaded(
    sender: Sender,
    { id, form, file }: { readonly id: string; readonly form: AttachmentType; readonly file: File },
    media: MediaReader,
  ): Promise<string> {
    const content = await media.open(id);
    if (content === undefined) throw new UploadRefused('the file is not kept here', { media: id });
    const fields = new FormData();
    fields.append('message', JSON.stringify(messageFor(form, {})));
    const blob = new Blob([await buffer(content)], { type: file.contentType });
    fields.append('filedata', blob, file.name);
    return this.#idFrom(this.#api.upload(sender, ATTACHMENTS, fields), { media: id });
  }

  async #idFrom(
    call: Promise<Exchanged> | undefined,
    file: Readonly<Record<string, unknown>>,
  ): Promise<string> {
    if (call === undefined)
      throw new UploadRefused('the token cannot be one', { ...file, reason: 'unauthorized' });
    const result = this.#classifier.classify(await call, 'attachment_id');
    if (result.result === 'accepted') return result.id;
    const reason = 'reason' in result ? result.reason : result.result;
    if (result.result === 'later' || result.result === 'unknown')
      throw new Unavailable('Messenger does not take files now', { ...file, reason });
    throw new UploadRefused('Messenger refuses the file', { ...file, reason });
  }
}
