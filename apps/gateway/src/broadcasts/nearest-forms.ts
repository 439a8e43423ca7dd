import type { Element, GalleryCard, MediaElement, MediaSource } from '@crier/contracts';

/** Finds the public address of a file, and what to call it. */
export type LinkOf = (
  source: MediaSource,
) => Promise<{ readonly url: string; readonly label: string }>;

/** What an element kind may be shown as, where it cannot be shown itself. */
const NEAREST: Readonly<Partial<Record<MediaElement['type'], MediaElement['type']>>> = {
  voice: 'audio',
};

const inLabel = (label: string): string => label.replaceAll(/[\\[\]*_~`{}<>]/g, String.raw`\$&`);
/** Inside the angle brackets of a link, which variables have no business in either. */
const inBrackets = (url: string): string => url.replaceAll(/[<>{}\\]/g, encodeURIComponent);

const joined = (parts: readonly (string | undefined)[], between: string): string =>
  parts.filter((part) => part !== undefined && part !== '').join(between);

const linkText = async (
  words: string | undefined,
  shown: MediaSource & Pick<GalleryCard, 'buttons'>,
  linkOf: LinkOf,
): Promise<Element> => {
  const { url, label } = await linkOf(shown);
  const link = `[${inLabel(label)}](<${inBrackets(url)}>)`;
  const { buttons } = shown;
  return { type: 'text', text: joined([words, link], '\n\n'), ...(buttons ? { buttons } : {}) };
};

const sourceOf = (source: MediaSource): MediaSource =>
  source.url === undefined ? { media: source.media } : { url: source.url };

const cardAlone = (
  card: GalleryCard,
  shows: readonly string[],
  linkOf: LinkOf,
): Promise<Element> => {
  const words = joined([card.title, card.text], '\n');
  if (!shows.includes('image')) return linkText(words, card, linkOf);
  const { buttons } = card;
  return Promise.resolve({
    ...sourceOf(card),
    type: 'image',
    ...(words === '' ? {} : { caption: words }),
    ...(buttons ? { buttons } : {}),
  });
};

/**
 * An element as a channel that shows these kinds can have it: itself, or its nearest equivalent. A voice message becomes audio,
 * a gallery its cards one by one, and whatever has no equivalent a text with a link to the file.
 */
export const nearestForm = async (
  element: Element,
  shows: readonly string[],
  linkOf: LinkOf,
): Promise<readonly Element[]> => {
  if (element.type === 'text' || shows.includes(element.type)) return [element];
  if (element.type === 'gallery')
    return Promise.all(element.cards.map((card) => cardAlone(card, shows, linkOf)));
  const nearest = NEAREST[element.type];
  if (nearest !== undefined && shows.includes(nearest)) return [{ ...element, type: nearest }];
  return [await linkText(element.caption, element, linkOf)];
};
