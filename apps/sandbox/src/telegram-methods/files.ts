import { hashText, hexOf } from '../hash.ts';
import { badRequest, textOf, type Call, type Params, type Refusal } from './method.ts';

/** The kinds of media that have ids of their own. */
export type FileKind = 'photo' | 'video' | 'audio' | 'voice' | 'document';

interface StoredFile {
  readonly kind: FileKind;
  /** The same for the same bytes or URL. */
  readonly identity: string;
  readonly upload?: { readonly name: string; readonly mimeType: string; readonly size: number };
}

const PREFIXES: Readonly<{ [kind in FileKind]: string }> = {
  photo: 'AgACAgI',
  video: 'BAACAgI',
  audio: 'CQACAgI',
  voice: 'AwACAgI',
  document: 'BQACAgI',
};

const KIND_NAMES: Readonly<{ [kind in FileKind]: string }> = {
  photo: 'Photo',
  video: 'Video',
  audio: 'Audio',
  voice: 'Voice',
  document: 'Document',
};

const WRONG_FILE = 'wrong file identifier/HTTP URL specified';

// The id proves itself: kind, bot and content are inside, with a checksum, so nothing has to be remembered.
const sealed = (kind: FileKind, botId: number, identity: string, size: string): string => {
  const body = `${PREFIXES[kind]}-${botId.toString(36)}-${identity}-${size}`;
  return `${body}-${hexOf(hashText(body)).slice(0, 8)}`;
};

const kindOf = (prefix: string): FileKind | undefined =>
  (Object.keys(PREFIXES) as FileKind[]).find((kind) => PREFIXES[kind] === prefix);

const opened = (fileId: string, botId: number, wanted: FileKind): StoredFile | Refusal => {
  const [prefix = '', , identity = '', size = ''] = fileId.split('-');
  const kind = kindOf(prefix);
  if (kind === undefined || sealed(kind, botId, identity, size) !== fileId)
    return badRequest(WRONG_FILE);
  return kind === wanted
    ? { kind, identity }
    : badRequest(`can't use file of type ${KIND_NAMES[kind]} as ${KIND_NAMES[wanted]}`);
};

const uploaded = (call: Call, field: string, kind: FileKind): StoredFile | undefined => {
  const upload = call.files.get(field);
  if (upload === undefined) return undefined;
  return { kind, identity: hexOf(hashText(upload.digest)), upload };
};

const found = (call: Call, kind: FileKind, reference: string): StoredFile | Refusal => {
  if (reference.startsWith('attach://'))
    return uploaded(call, reference.slice('attach://'.length), kind) ?? badRequest(WRONG_FILE);
  if (!/^https?:\/\//i.test(reference)) return opened(reference, call.bot.id, kind);
  return URL.canParse(reference)
    ? { kind, identity: hexOf(hashText(reference)) }
    : badRequest('wrong HTTP URL specified');
};

const resolved = (call: Call, kind: FileKind, value: unknown): StoredFile | Refusal => {
  const reference = textOf(value);
  if (reference !== undefined && reference !== '') return found(call, kind, reference);
  return uploaded(call, kind, kind) ?? badRequest(`there is no ${kind} in the request`);
};

const photoSizes = (botId: number, identity: string) =>
  [
    { letter: 's', width: 90, height: 60 },
    { letter: 'm', width: 320, height: 213 },
    { letter: 'x', width: 800, height: 533 },
  ].map(({ letter, width, height }) => ({
    file_id: sealed('photo', botId, identity, letter),
    file_unique_id: `${identity}${letter}`,
    width,
    height,
  }));

const described = ({ kind, identity, upload }: StoredFile, botId: number): unknown => {
  if (kind === 'photo') return photoSizes(botId, identity);
  return {
    file_id: sealed(kind, botId, identity, 'f'),
    file_unique_id: identity,
    ...(kind === 'document' ? {} : { duration: 1 }),
    ...(kind === 'video' ? { width: 640, height: 360 } : {}),
    ...(upload === undefined
      ? {}
      : { file_name: upload.name, mime_type: upload.mimeType, file_size: upload.size }),
  };
};

/**
 * The media field of a message, with ids that only this bot can use again. `value` is a file id,
 * a URL or `attach://field`; without it the file uploaded under the kind's own name is taken.
 */
export const mediaField = (call: Call, kind: FileKind, value: unknown): Params | Refusal => {
  const file = resolved(call, kind, value);
  return 'refused' in file ? file : { [kind]: described(file, call.bot.id) };
};
