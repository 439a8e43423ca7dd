import type { Assets } from '@crier/connector';
import type { MediaKind, MediaSource } from '@crier/contracts';

/** What a message says of a file. */
export interface MediaFile {
  readonly url: string;
  /** 0 where nobody needs to know. */
  readonly bytes: number;
  /** With its ending. */
  readonly name: string;
}

/** The three forms that files have on Viber. */
export type MediaForm = 'picture' | 'video' | 'file';

const FORMS: Readonly<Record<MediaKind, MediaForm>> = {
  image: 'picture',
  video: 'video',
  audio: 'file',
  voice: 'file',
  file: 'file',
};
const ENDING = /\.[a-z\d]{1,10}$/i;
const PICTURE_ENDING = /\.(jpe?g|png|gif)$/i;
const VIDEO_ENDING = /\.mp4$/i;
/** Viber refuses programs; which endings it means it does not say. */
const PROGRAM_ENDING = /\.(exe|msi|com|scr|bat|cmd)$/i;
const DEFAULT_ENDINGS: Readonly<Record<MediaKind, string>> = {
  image: '.jpg',
  video: '.mp4',
  audio: '.mp3',
  voice: '.ogg',
  file: '.bin',
};

export const isMediaKind = (type: string): type is MediaKind => Object.hasOwn(FORMS, type);

export const formOf = (kind: MediaKind): MediaForm => FORMS[kind];

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

/** The name, with an ending in any case. */
export const withEnding = (name: string, kind: MediaKind): string =>
  ENDING.test(name) ? name : `${name || kind}${DEFAULT_ENDINGS[kind]}`;

export const isPictureName = (name: string): boolean => PICTURE_ENDING.test(name);
export const isVideoName = (name: string): boolean => VIDEO_ENDING.test(name);
export const isProgramName = (name: string): boolean => PROGRAM_ENDING.test(name);

export const assetOf = (file: MediaFile): string => JSON.stringify(file);

const readAsset = (asset: string): MediaFile => JSON.parse(asset) as MediaFile;

/** The file of a source: as prepared, or, of an address that needed no preparing, as it is. */
export const fileOf = (source: MediaSource, kind: MediaKind, assets: Assets): MediaFile => {
  const asset = assets[assetKey(source)];
  if (asset !== undefined) return readAsset(asset);
  const url = source.url ?? '';
  return { url, bytes: 0, name: withEnding(nameIn(url), kind) };
};
