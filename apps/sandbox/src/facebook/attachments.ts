import type { Bot } from '../bots.ts';
import type { Fields } from '../call.ts';
import { asObject, structured, type UploadedFile } from '../telegram-methods/method.ts';
import { ERRORS, invalidParameter, type GraphError } from './graph-errors.ts';

/** Kinds of files, and what their content types start with. */
const TYPES: Readonly<Record<string, string>> = {
  image: 'image/',
  audio: 'audio/',
  video: 'video/',
  file: '',
};
const MOST_BYTES = 25 * 1024 * 1024;

export const isAttachmentType = (type: unknown): type is string =>
  typeof type === 'string' && Object.hasOwn(TYPES, type);

export const isWebAddress = (url: unknown): url is string =>
  typeof url === 'string' && /^https?:$/.test(URL.parse(url)?.protocol ?? '');

const fileFault = (
  type: string,
  url: unknown,
  file: UploadedFile | undefined,
): GraphError | undefined => {
  if (file === undefined)
    return isWebAddress(url) ? undefined : invalidParameter('Upload attachment failure.');
  if (file.size > MOST_BYTES) return ERRORS.attachment_too_large;
  return file.mimeType.startsWith(TYPES[type] ?? '')
    ? undefined
    : invalidParameter('Upload attachment failure: another type of file.');
};

/** The kind of a file to be uploaded, or why it cannot be. */
export const uploadIn = ({ params, files }: Fields): { readonly type: string } | GraphError => {
  const attachment = asObject(asObject(structured(params['message']))?.['attachment']) ?? {};
  const { type } = attachment;
  const { url, is_reusable: reusable } = asObject(attachment['payload']) ?? {};
  if (!isAttachmentType(type)) return invalidParameter('Param message[attachment][type] is wrong');
  if (reusable !== true) return invalidParameter('Param is_reusable must be true');
  return fileFault(type, url, files.get('filedata')) ?? { type };
};

/** Files that Pages have uploaded, each usable by its own Page only. */
export class Attachments {
  readonly #types = new Map<Bot, Map<string, string>>();

  put(bot: Bot, id: string, type: string): void {
    const own = this.#types.get(bot) ?? new Map<string, string>();
    this.#types.set(bot, own.set(id, type));
  }

  has(bot: Bot, id: unknown, type: unknown): boolean {
    return typeof id === 'string' && this.#types.get(bot)?.get(id) === type;
  }
}
