import { UploadRefused, type Assets, type MediaReader } from '@crier/connector';
import type { Element, MediaKind, MediaSource } from '@crier/contracts';
import { buffer } from 'node:stream/consumers';
import { assetKey, attachmentIn, formOf, handleIn, withHandle } from '../content/attachments.ts';
import { isRefusedName } from '../content/check-media.ts';
import { MOST_FILE_BYTES } from '../limits.ts';
import type { Downloads, FileInHand } from './downloads.ts';
import type { Uploader, Uploading } from './uploader.ts';

interface Wanted {
  readonly source: MediaSource;
  readonly kind: MediaKind;
}

/** What preparing needs. */
export interface Preparing {
  readonly uploading: Uploading;
  readonly media: MediaReader;
  readonly downloads: Downloads;
  readonly uploader: Uploader;
}

const wantedBy = (element: Element): readonly Wanted[] => {
  if (element.type === 'text') return [];
  if (element.type === 'gallery')
    return element.cards.map((source) => ({ source, kind: 'image' as const }));
  return [{ source: element, kind: element.type }];
};

const kept = async (id: string, media: MediaReader): Promise<FileInHand> => {
  const found = await media.find(id);
  if (found === undefined) throw new UploadRefused('the file is not kept here', { media: id });
  if (found.bytes > MOST_FILE_BYTES)
    throw new UploadRefused(`the file is larger than ${MOST_FILE_BYTES} bytes`, { media: id });
  const content = await media.open(id);
  if (content === undefined) throw new UploadRefused('the file is not kept here', { media: id });
  return { name: found.name, contentType: found.contentType, bytes: await buffer(content) };
};

const addressOf = async ({ url, media: id }: MediaSource, media: MediaReader): Promise<string> => {
  if (url !== undefined) return url;
  const found = await media.find(id);
  if (found === undefined) throw new UploadRefused('the file is not kept here', { media: id });
  return media.urlOf(id, found.name);
};

const handleOf = async (
  { source, kind }: Wanted,
  { uploading, media, downloads, uploader }: Preparing,
): Promise<string> => {
  const form = formOf(kind);
  if (form === 'link') return addressOf(source, media);
  const file =
    source.url === undefined
      ? await kept(source.media, media)
      : await downloads.fetch(source.url, MOST_FILE_BYTES);
  if (form === 'photo' && /^(video|audio|text)\//.test(file.contentType))
    throw new UploadRefused('the file is no picture', { name: file.name });
  if (form === 'document' && isRefusedName(file.name))
    throw new UploadRefused('VK takes no programs and no music as documents', { name: file.name });
  return uploader.upload(uploading, form, file);
};

/**
 * Uploads files to VK, once for a bot: those of Crier's own and those of the web. What is on VK already is used as it is.
 * @throws UploadRefused, Unavailable
 */
export const prepareMedia = async (
  elements: readonly Element[],
  known: Assets,
  preparing: Preparing,
): Promise<Assets> => {
  const assets: Record<string, string> = { ...known };
  for (const wanted of elements.flatMap(wantedBy)) {
    const key = assetKey(wanted.source);
    const form = formOf(wanted.kind);
    if (attachmentIn(wanted.source.url) !== undefined) continue;
    if (handleIn(assets[key], form) !== undefined) continue;
    assets[key] = withHandle(assets[key], form, await handleOf(wanted, preparing));
  }
  return assets;
};
