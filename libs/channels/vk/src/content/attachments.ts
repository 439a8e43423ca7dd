import type { Assets } from '@crier/connector';
import type { MediaKind, MediaSource } from '@crier/contracts';

/** How a file is shown on VK: community tokens upload no videos and no music. */
export type MediaForm = 'photo' | 'document' | 'voice' | 'link';

const FORMS: Readonly<Record<MediaKind, MediaForm>> = {
  image: 'photo',
  video: 'document',
  audio: 'link',
  voice: 'voice',
  file: 'document',
};
/** The words that attachments start with, by the kind of element that may show them. */
const OWN_TYPES: Readonly<Record<MediaKind, string>> = {
  image: 'photo',
  video: 'video',
  audio: 'audio',
  voice: 'doc',
  file: 'doc',
};
const ATTACHMENT = /^(photo|video|audio|doc)(-?\d+_\d+)(_[\w-]+)?$/;
const VK_HOST = /^(?:(?:www|m|new)\.)?vk\.(?:com|ru)$/;
const PHOTO_ID = /^photo(-?\d+_\d+)/;

export const isMediaKind = (type: string): type is MediaKind => Object.hasOwn(FORMS, type);

export const formOf = (kind: MediaKind): MediaForm => FORMS[kind];

/** What an address of VK's own names: `https://vk.com/photo-1_2`, `https://vk.com/club1?z=photo-1_2/…`. */
const namedBy = (url: string): string => {
  const parsed = URL.parse(url);
  if (parsed === null || !VK_HOST.test(parsed.hostname)) return url;
  const shown = parsed.searchParams.get('z')?.split('/')[0];
  return shown ?? parsed.pathname.slice(1);
};

/** The attachment that an address is, or names; `undefined`: it is something else. */
export const attachmentIn = (url: string | undefined): string | undefined => {
  const [whole] = ATTACHMENT.exec(namedBy(url ?? '')) ?? [];
  return whole;
};

/** True where an element of this kind may show the attachment. */
export const isOfKind = (attachment: string, kind: MediaKind): boolean =>
  attachment.startsWith(OWN_TYPES[kind]);

/** Where a file stands among the assets. */
export const assetKey = ({ url, media }: MediaSource): string =>
  url === undefined ? `media:${media}` : `url:${url}`;

type Forms = Partial<Readonly<Record<MediaForm, string>>>;

const formsIn = (asset: string | undefined): Forms =>
  asset === undefined ? {} : (JSON.parse(asset) as Forms);

/** The file's handle in one form; `undefined`: it is not prepared in it. */
export const handleIn = (asset: string | undefined, form: MediaForm): string | undefined =>
  formsIn(asset)[form];

/** The asset with one more form. */
export const withHandle = (asset: string | undefined, form: MediaForm, handle: string): string =>
  JSON.stringify({ ...formsIn(asset), [form]: handle });

/** How a message shows a file: attached, or by an address in its text. */
export interface Shown {
  readonly attachment?: string;
  readonly address?: string;
}

/** A file as prepared; one that is not is shown by its address. */
export const shownFile = (source: MediaSource, kind: MediaKind, assets: Assets): Shown => {
  const named = attachmentIn(source.url);
  if (named !== undefined) return { attachment: named };
  const form = formOf(kind);
  const handle = handleIn(assets[assetKey(source)], form);
  if (handle === undefined) return { address: source.url ?? `media:${source.media}` };
  return form === 'link' ? { address: handle } : { attachment: handle };
};

/** A photo as carousels name it: without its type and key. */
export const photoIdOf = (attachment: string | undefined): string =>
  PHOTO_ID.exec(attachment ?? '')?.[1] ?? '';
