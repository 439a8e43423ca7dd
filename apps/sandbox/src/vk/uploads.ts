import { hash, randomBytes } from 'node:crypto';
import type { Bot } from '../bots.ts';
import { parseMultipart, type Part } from '../http/multipart.ts';
import { errorOf, type VkError } from './errors.ts';

/** What an upload is to become. */
export type UploadKind = 'photo' | 'doc' | 'audio_message';

interface Uploaded {
  readonly kind: UploadKind;
  readonly size: number;
  readonly name: string;
  readonly digest: string;
}

const FIRST_ID = 457_239_017;
const SERVER = 854_128;
const REFUSED_NAME = /\.(mp3|exe|msi|com|scr|bat|cmd|apk)$/i;
const MOST_BYTES = 50 * 1024 * 1024;

const uploadedAs = (kind: UploadKind, file: Part): Uploaded => ({
  kind,
  size: file.data.length,
  name: file.fileName ?? file.name,
  digest: hash('sha256', file.data),
});

const photoFault = (file: Part | undefined): string | undefined => {
  if (file === undefined || file.data.length === 0) return 'ERR_UPLOAD_NO_FILE: no photo';
  if (!file.mimeType.startsWith('image/')) return 'ERR_UPLOAD_BAD_IMAGE: not an image';
  return file.data.length > MOST_BYTES ? 'ERR_UPLOAD_FILE_TOO_BIG: too big' : undefined;
};

const documentFault = (file: Part | undefined): string | undefined => {
  if (file === undefined || file.data.length === 0) return 'no_file';
  return REFUSED_NAME.test(file.fileName ?? '') ? 'wrong_file_type' : undefined;
};

/** Files on their way into VK: an address for each, then a ticket, then an id. Their bytes are not kept. */
export class Uploads {
  readonly #addresses = new Map<string, UploadKind>();
  readonly #tickets = new Map<string, Uploaded>();
  #lastId = FIRST_ID;

  /** The last part of an address that takes one file. */
  open(kind: UploadKind): string {
    const place = randomBytes(12).toString('hex');
    this.#addresses.set(place, kind);
    return place;
  }

  /** Takes the file of a form; what VK's servers for uploads answer. `undefined`: no such address. */
  take(place: string, body: Buffer, contentType: string): object | undefined {
    const kind = this.#addresses.get(place);
    if (kind === undefined) return undefined;
    const field = kind === 'photo' ? 'photo' : 'file';
    const file = parseMultipart(body, contentType)?.find(({ name }) => name === field);
    const fault = kind === 'photo' ? photoFault(file) : documentFault(file);
    if (fault !== undefined || file === undefined) return { error: fault };
    this.#addresses.delete(place);
    const ticket = randomBytes(12).toString('hex');
    this.#tickets.set(ticket, uploadedAs(kind, file));
    return kind === 'photo'
      ? { server: SERVER, photo: JSON.stringify([{ photo: ticket }]), hash: ticket }
      : { file: ticket };
  }

  /** `photos.saveMessagesPhoto` */
  savePhoto(
    bot: Bot,
    { photo, ticket, server }: Record<'photo' | 'ticket', string> & { server: number },
  ): object | VkError {
    const uploaded = this.#tickets.get(ticket);
    const isRight = photo === JSON.stringify([{ photo: ticket }]) && server === SERVER;
    if (uploaded?.kind !== 'photo' || !isRight) return errorOf(100, 'photos_list is invalid');
    this.#tickets.delete(ticket);
    return [{ ...this.#fresh(bot, uploaded), album_id: -64, sizes: [] }];
  }

  /** `docs.save` */
  saveDocument(bot: Bot, ticket: string, title: string): object | VkError {
    const uploaded = this.#tickets.get(ticket);
    if (uploaded === undefined || uploaded.kind === 'photo') return errorOf(100, 'file is invalid');
    this.#tickets.delete(ticket);
    const saved = {
      ...this.#fresh(bot, uploaded),
      title: title || uploaded.name,
      size: uploaded.size,
    };
    return uploaded.kind === 'doc'
      ? { type: 'doc', doc: saved }
      : { type: 'audio_message', audio_message: saved };
  }

  #fresh(bot: Bot, { digest }: Uploaded) {
    this.#lastId += 1;
    return { id: this.#lastId, owner_id: -bot.id, access_key: digest.slice(0, 18) };
  }
}
