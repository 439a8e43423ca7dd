import { UploadRefused, type Assets, type MediaReader } from '@crier/connector';
import type { Element, MediaSource } from '@crier/contracts';

/** Where an upload stands among the assets. */
const assetKey = (id: string): string => `media:${id}`;

const sourcesIn = (element: Element): readonly MediaSource[] => {
  if (element.type === 'text') return [];
  return element.type === 'gallery' ? element.cards : [element];
};

/**
 * Finds the public addresses of uploaded files: a message names files by their addresses, and those on the web need no
 * preparing. @throws UploadRefused
 */
export const prepareMedia = async (
  elements: readonly Element[],
  media: MediaReader,
  known: Assets,
): Promise<Assets> => {
  const assets: Record<string, string> = { ...known };
  for (const { media: id } of elements.flatMap(sourcesIn)) {
    if (id === undefined || assets[assetKey(id)] !== undefined) continue;
    const found = await media.find(id);
    if (found === undefined) throw new UploadRefused('the file is not kept here', { media: id });
    assets[assetKey(id)] = media.urlOf(id, found.name);
  }
  return assets;
};

/** The address of a file. */
export const addressOf = ({ url, media }: MediaSource, assets: Assets): string =>
  (media === undefined ? url : assets[assetKey(media)]) ?? '';
