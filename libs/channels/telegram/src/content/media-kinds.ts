import type { MediaKind, MediaSource } from '@crier/contracts';
import type { Assets } from '@crier/connector';

/** Telegram's word for a kind of media; it is also the name of the field. */
export type MediaField = 'photo' | 'video' | 'audio' | 'voice' | 'document';

/** The method that sends one medium of a kind, and its field. */
export const MEDIA: Readonly<Record<MediaKind, { method: string; field: MediaField }>> = {
  image: { method: 'sendPhoto', field: 'photo' },
  video: { method: 'sendVideo', field: 'video' },
  audio: { method: 'sendAudio', field: 'audio' },
  voice: { method: 'sendVoice', field: 'voice' },
  file: { method: 'sendDocument', field: 'document' },
};

export const isMediaKind = (type: string): type is MediaKind => Object.hasOwn(MEDIA, type);

/** Where the handle of an upload stands among the assets. */
export const assetKey = (media: string): string => `media:${media}`;

/**
 * One file may be used as several kinds, and has another handle in each: an asset is a list of `field:handle`, with
 * spaces between (handles and addresses have none).
 */
export const assetFields = (asset: string | undefined): ReadonlyMap<string, string> =>
  new Map(
    (asset ?? '')
      .split(' ')
      .filter((entry) => entry.includes(':'))
      .map((entry) => {
        const colon = entry.indexOf(':');
        return [entry.slice(0, colon), entry.slice(colon + 1)];
      }),
  );

/** The asset with one handle more. */
export const withField = (asset: string | undefined, field: MediaField, handle: string): string =>
  [...new Map([...assetFields(asset), [field, handle]])].map((entry) => entry.join(':')).join(' ');

const VIDEO_FILE = /\.(mp4|m4v|mov|webm|mkv)$/i;
const OTHER_FILE = /\.(mp3|m4a|ogg|oga|opus|wav|flac|pdf|zip|rar|7z|txt|csv|docx?|xlsx?|pptx?)$/i;

const pathOf = (url: string): string => URL.parse(url)?.pathname ?? '';

/** What a card with this address shows: an address without a known ending is taken for a picture. */
export const cardFieldOf = (url: string): 'photo' | 'video' | undefined => {
  const path = pathOf(url);
  if (OTHER_FILE.test(path)) return undefined;
  return VIDEO_FILE.test(path) ? 'video' : 'photo';
};

/** What a message carries: the address as it is, or the handle of the upload. */
export const handleOf = (source: MediaSource, field: MediaField, assets: Assets): string =>
  source.url ?? assetFields(assets[assetKey(source.media)]).get(field) ?? '';

/** Picture or video, and its handle, for a card of a gallery. */
export const cardMediaOf = (
  source: MediaSource,
  assets: Assets,
): { readonly field: 'photo' | 'video'; readonly handle: string } => {
  if (source.url !== undefined)
    return { field: cardFieldOf(source.url) ?? 'photo', handle: source.url };
  const fields = assetFields(assets[assetKey(source.media)]);
  const field = fields.has('photo') ? 'photo' : 'video';
  return { field, handle: fields.get(field) ?? '' };
};
