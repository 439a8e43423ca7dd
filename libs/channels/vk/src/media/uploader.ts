import { UploadRefused, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import type { PhotosSaveMessagesPhotoParams } from '@vkontakte/api-schema-typescript/dist/methods/photos.js';
import { Agent, FormData, request } from 'undici';
import { groupIdOf } from '../account.ts';
import { ask, askForFields, type Asking } from '../calls/ask.ts';
import { fieldsIn } from '../calls/vk-answer.ts';
import type { Params, TokenLine } from '../calls/vk-api.ts';
import type { MediaForm } from '../content/attachments.ts';
import type { FileInHand } from './downloads.ts';

type Fields = Readonly<Record<string, unknown>>;
type Uploaded = Exclude<MediaForm, 'link'>;

/** A bot that uploads. */
export interface Uploading {
  readonly sender: Sender;
  readonly line: TokenLine;
}

const UPLOAD_TIMEOUT_MS = 120_000;
const NO_PHOTO: readonly unknown[] = ['', '[]'];

const attachmentOf = (type: string, value: unknown): string | undefined => {
  const { owner_id: owner, id, access_key: key } = fieldsIn(value);
  if (typeof owner !== 'number' || typeof id !== 'number') return undefined;
  return `${type}${owner}_${id}${typeof key === 'string' && key !== '' ? `_${key}` : ''}`;
};

/** Where documents go: to somebody's chat where the bot's credentials name one, to the community else. */
const serverFor = (form: Uploaded, { sender }: Uploading): readonly [string, Params] => {
  const { uploadPeer } = sender.credentials;
  const peer = uploadPeer === undefined ? {} : { peer_id: uploadPeer };
  if (form === 'photo') return ['photos.getMessagesUploadServer', peer];
  if (form === 'voice') return ['docs.getMessagesUploadServer', { type: 'audio_message', ...peer }];
  return uploadPeer === undefined
    ? ['docs.getWallUploadServer', { group_id: groupIdOf(sender) ?? 0 }]
    : ['docs.getMessagesUploadServer', { type: 'doc', ...peer }];
};

const textIn = (fields: Fields, name: string): string => {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** Brings files to VK, in three steps: an address, the file, a name for it. */
export class Uploader {
  readonly #agent: Agent;

  constructor(connectMs: number) {
    this.#agent = new Agent({
      connect: { timeout: connectMs },
      headersTimeout: UPLOAD_TIMEOUT_MS,
      bodyTimeout: UPLOAD_TIMEOUT_MS,
    });
  }

  /** The file as messages name it. @throws UploadRefused, Unavailable */
  async upload(uploading: Uploading, form: Uploaded, file: FileInHand): Promise<string> {
    const { line, sender } = uploading;
    const { token = '' } = sender.credentials;
    const refused = (said: string) =>
      new UploadRefused(`VK refuses the file: ${said.replaceAll(token, '…')}`, { name: file.name });
    const asking: Asking = { line, bot: sender.id, refused };
    const { upload_url: url } = await askForFields(asking, ...serverFor(form, uploading));
    if (typeof url !== 'string') throw new Unavailable('VK names no place to upload to');
    const answer = await this.#post(url, form === 'photo' ? 'photo' : 'file', file);
    const handle =
      form === 'photo'
        ? await this.#savedPhoto(asking, answer)
        : await this.#savedDocument(asking, answer, file.name);
    if (handle === undefined) throw refused(textIn(answer, 'error') || 'it is not saved');
    return handle;
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  async #post(url: string, field: string, { bytes, name, contentType }: FileInHand) {
    const body = new FormData();
    body.append(field, new Blob([new Uint8Array(bytes)], { type: contentType }), name);
    try {
      const response = await request(url, { method: 'POST', body, dispatcher: this.#agent });
      const text = await response.body.text();
      return fieldsIn(JSON.parse(text));
    } catch (cause) {
      throw new Unavailable("VK's server for uploads does not answer", { name }, cause);
    }
  }

  async #savedPhoto(asking: Asking, answer: Fields): Promise<string | undefined> {
    const photo = textIn(answer, 'photo');
    if (NO_PHOTO.includes(photo)) return undefined;
    const params = {
      photo,
      server: Number(answer['server']),
      hash: textIn(answer, 'hash'),
    } satisfies PhotosSaveMessagesPhotoParams;
    const saved = await ask(asking, 'photos.saveMessagesPhoto', params);
    return Array.isArray(saved) ? attachmentOf('photo', saved[0]) : undefined;
  }

  async #savedDocument(asking: Asking, answer: Fields, title: string): Promise<string | undefined> {
    const file = textIn(answer, 'file');
    if (file === '') return undefined;
    const saved = await askForFields(asking, 'docs.save', { file, title });
    return attachmentOf('doc', saved['doc'] ?? saved['audio_message']);
  }
}
