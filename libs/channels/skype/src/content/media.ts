import type { Assets } from '@crier/connector';
import type { MediaKind, MediaSource } from '@crier/contracts';

/** What a message says of a file. */
export interface MediaFile {
  readonly url: string;
  readonly contentType: string;
  readonly name: string;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  bmp: 'image/bmp',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  pdf: 'application/pdf',
  zip: 'application/zip',
  txt: 'text/plain',
  csv: 'text/csv',
};

interface Form {
  /** What the content types of such files start with. */
  readonly family: string;
  /** Where an address does not say what it leads to. */
  readonly fallback: string;
  readonly ending: string;
}

const FORMS: Readonly<Record<MediaKind, Form>> = {
  image: { family: 'image/', fallback: 'image/jpeg', ending: 'jpg' },
  video: { family: 'video/', fallback: 'video/mp4', ending: 'mp4' },
  audio: { family: 'audio/', fallback: 'audio/mpeg', ending: 'mp3' },
  voice: { family: 'audio/', fallback: 'audio/ogg', ending: 'ogg' },
  file: { family: '', fallback: 'application/octet-stream', ending: 'bin' },
};

const ENDING = /\.([a-z\d]{1,10})$/i;

export const isMediaKind = (type: string): type is MediaKind => Object.hasOwn(FORMS, type);

/** Whether files of this content type can be shown as what they are to be. */
export const isShownAs = (kind: MediaKind, contentType: string): boolean =>
  contentType.startsWith(FORMS[kind].family);

/** Where a file stands among the assets. */
export const assetKey = ({ url, media }: MediaSource): string =>
  url === undefined ? `media:${media}` : `url:${url}`;

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The last part of an address' path. */
export const nameIn = (url: string): string =>
  decoded(URL.parse(url)?.pathname.split('/').at(-1) ?? '');

/** The content type that a name tells by its ending; `undefined`: it tells none. */
export const contentTypeOf = (name: string): string | undefined => {
  const ending = ENDING.exec(name)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(CONTENT_TYPES, ending) ? CONTENT_TYPES[ending] : undefined;
};

/** The name, with an ending in any case. */
export const withEnding = (name: string, kind: MediaKind): string =>
  ENDING.test(name) ? name : `${name || kind}.${FORMS[kind].ending}`;

export const assetOf = (file: MediaFile): string => JSON.stringify(file);

const readAsset = (asset: string): MediaFile => JSON.parse(asset) as MediaFile;

/** The file of a source: as prepared, or, of an address, which needs no preparing, as it is. */
export const fileOf = (source: MediaSource, kind: MediaKind, assets: Assets): MediaFile => {
  const asset = assets[assetKey(source)];
  if (asset !== undefined) return readAsset(asset);
  const url = source.url ?? '';
  const name = withEnding(nameIn(url), kind);
  return { url, contentType: contentTypeOf(name) ?? FORMS[kind].fallback, name };
};
