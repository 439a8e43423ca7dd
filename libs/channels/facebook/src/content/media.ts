import type { Assets } from '@crier/connector';
import type { MediaKind, MediaSource } from '@crier/contracts';

/** How Messenger names a file that it shows by itself. */
export type AttachmentType = 'image' | 'video' | 'audio' | 'file';

/** A file as a message names it: an attachment uploaded once, or, for the picture of a card, an address. */
export type MediaForm = AttachmentType | 'card';

const TYPES: Readonly<Record<MediaKind, AttachmentType>> = {
  image: 'image',
  video: 'video',
  audio: 'audio',
  voice: 'audio',
  file: 'file',
};

export const isMediaKind = (type: string): type is MediaKind => Object.hasOwn(TYPES, type);

export const attachmentTypeOf = (kind: MediaKind): AttachmentType => TYPES[kind];

/** Where a file stands among the assets. */
export const assetKey = ({ url, media }: MediaSource): string =>
  url === undefined ? `media:${media}` : `url:${url}`;

type Forms = Readonly<Partial<Record<MediaForm, string>>>;

const formsIn = (asset: string | undefined): Forms =>
  asset === undefined ? {} : (JSON.parse(asset) as Forms);

/** The handle of a file in one form; `undefined` where it is not prepared in that form. */
export const handleIn = (asset: string | undefined, form: MediaForm): string | undefined =>
  formsIn(asset)[form];

/** The asset with one more form of its file. */
export const withHandle = (asset: string | undefined, form: MediaForm, handle: string): string =>
  JSON.stringify({ ...formsIn(asset), [form]: handle });

/** The fields that name a file: the attachment where it is uploaded, its address where it is not. */
export const fileFields = (source: MediaSource, type: AttachmentType, assets: Assets): object => {
  const id = handleIn(assets[assetKey(source)], type);
  return id === undefined ? { url: source.url ?? '' } : { attachment_id: id };
};

/** The address of a card's picture. */
export const cardImage = (source: MediaSource, assets: Assets): string =>
  source.url ?? handleIn(assets[assetKey(source)], 'card') ?? '';
