import { UploadRefused, type Assets, type MediaReader } from '@crier/connector';
import type { Element, MediaKind, MediaSource } from '@crier/contracts';
import {
  assetKey,
  assetOf,
  formOf,
  isPictureName,
  isProgramName,
  isVideoName,
  nameIn,
  withEnding,
  type MediaFile,
  type MediaForm,
} from './content/media.ts';
import { MOST_FILE_BYTES, MOST_PICTURE_BYTES, MOST_VIDEO_BYTES } from './limits.ts';
import type { FileSizes } from './calls/file-sizes.ts';

interface Wanted {
  readonly source: MediaSource;
  readonly kind: MediaKind;
}

const MOST_BYTES: Readonly<Record<MediaForm, number>> = {
  picture: MOST_PICTURE_BYTES,
  video: MOST_VIDEO_BYTES,
  file: MOST_FILE_BYTES,
};
const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'video/mp4': '.mp4',
};

const wantedBy = (element: Element): readonly Wanted[] => {
  if (element.type === 'text') return [];
  if (element.type === 'gallery')
    return element.cards.map((source) => ({ source, kind: 'image' as const }));
  return [{ source: element, kind: element.type }];
};

const checkForm = (
  kind: MediaKind,
  { name, bytes }: MediaFile,
  source: Readonly<Record<string, unknown>>,
): void => {
  const form = formOf(kind);
  const isShown = {
    picture: isPictureName(name),
    video: isVideoName(name),
    file: !isProgramName(name),
  }[form];
  if (!isShown) throw new UploadRefused(`Viber does not take this file for a ${form}`, source);
  if (bytes > MOST_BYTES[form])
    throw new UploadRefused(`the ${form} is larger than ${MOST_BYTES[form]} bytes`, {
      ...source,
      bytes,
    });
};

/** A name whose ending says what the file is; Viber goes by that. */
const uploadName = (name: string, contentType: string, kind: MediaKind): string => {
  const ending = ENDINGS[contentType];
  const fits = formOf(kind) === 'picture' ? isPictureName(name) : isVideoName(name);
  if (ending === undefined || formOf(kind) === 'file' || fits) return withEnding(name, kind);
  return `${name}${ending}`;
};

const uploaded = async (id: string, kind: MediaKind, media: MediaReader): Promise<MediaFile> => {
  const found = await media.find(id);
  if (found === undefined) throw new UploadRefused('the file is not kept here', { media: id });
  const name = uploadName(found.name, found.contentType, kind);
  // Viber goes by the ending of an address.
  const url = media.urlOf(id, name);
  const file = { url, bytes: found.bytes, name };
  checkForm(kind, file, { media: id });
  return file;
};

/**
 * Finds out what Viber wants to be told of files: it fetches them itself, by their addresses, but asks for the size of
 * videos and files. @throws UploadRefused, Unavailable
 */
export const prepareMedia = async (
  elements: readonly Element[],
  { media, known, sizes }: { media: MediaReader; known: Assets; sizes: FileSizes },
): Promise<Assets> => {
  const assets: Record<string, string> = { ...known };
  for (const { source, kind } of elements.flatMap(wantedBy)) {
    const key = assetKey(source);
    if (source.media !== undefined)
      assets[key] ??= assetOf(await uploaded(source.media, kind, media));
    else if (formOf(kind) !== 'picture' && assets[key] === undefined) {
      const { url } = source;
      const file = { url, bytes: await sizes.of(url), name: withEnding(nameIn(url), kind) };
      checkForm(kind, file, { url });
      assets[key] = assetOf(file);
    }
  }
  return assets;
};
