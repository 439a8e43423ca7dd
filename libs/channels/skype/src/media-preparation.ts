import { UploadRefused, type Assets, type MediaReader } from '@crier/connector';
import type { Element, MediaKind, MediaSource } from '@crier/contracts';
import { assetKey, assetOf, isShownAs, withEnding, type MediaFile } from './content/media.ts';

interface Wanted {
  readonly source: MediaSource;
  readonly kind: MediaKind;
}

const wantedBy = (element: Element): readonly Wanted[] => {
  if (element.type === 'text') return [];
  if (element.type === 'gallery')
    return element.cards.map((source) => ({ source, kind: 'image' as const }));
  return [{ source: element, kind: element.type }];
};

const upload = async (
  id: string,
  kind: MediaKind,
  { media, mostBytes }: { readonly media: MediaReader; readonly mostBytes: number },
): Promise<MediaFile> => {
  const found = await media.find(id);
  if (found === undefined) throw new UploadRefused('the file is not kept here', { media: id });
  const { contentType, bytes } = found;
  if (!isShownAs(kind, contentType))
    throw new UploadRefused(`the file is no ${kind}`, { media: id, contentType });
  if (bytes > mostBytes)
    throw new UploadRefused(`the file is larger than ${mostBytes} bytes`, { media: id, bytes });
  const name = withEnding(found.name, kind);
  return { url: media.urlOf(id, name), contentType, name };
};

/**
 * Finds the public addresses of uploaded files: nothing is uploaded, since messages name files by their addresses, and
 * those of other files need no preparing. @throws UploadRefused
 */
export const prepareMedia = async (
  elements: readonly Element[],
  from: { readonly media: MediaReader; readonly known: Assets; readonly mostBytes: number },
): Promise<Assets> => {
  const assets: Record<string, string> = { ...from.known };
  for (const { source, kind } of elements.flatMap(wantedBy))
    if (source.media !== undefined)
      assets[assetKey(source)] ??= assetOf(await upload(source.media, kind, from));
  return assets;
};
