import { parsePlainText, parseRichText, type Assets } from '@crier/connector';
import type { GalleryCard } from '@crier/contracts';
import type { Assumed } from '../limits.ts';
import { actionsFragment, type Fragment, type NumberedButton } from './buttons.ts';
import { fileOf } from './media.ts';
import { cardText, plainTemplate } from './text-template.ts';

const HERO = 'application/vnd.microsoft.card.hero';

/** One field of a card. */
type Field = Fragment;

const heroFragment =
  (fields: readonly Field[]): Fragment =>
  (target) => {
    const content = fields.map((field) => field(target)).join(',');
    return `{"contentType":"${HERO}","content":{${content}}}`;
  };

const picture = (url: string): Field => {
  const json = JSON.stringify({ images: [{ url }] }).slice(1, -1);
  return () => json;
};

const buttonsField = (
  buttons: readonly NumberedButton[],
  press: Assumed['press'],
): readonly Field[] => {
  const actions = actionsFragment(buttons, press);
  return buttons.length === 0 ? [] : [(target) => `"buttons":${actions(target)}`];
};

const wordsField = (name: 'title' | 'text', written: string, most: number): readonly Field[] => {
  const text = name === 'title' ? parsePlainText(written) : parseRichText(written);
  const words = plainTemplate(cardText(text), most);
  return written === '' ? [] : [({ variables }) => `"${name}":${words(variables)}`];
};

/** A card of nothing but buttons, under what the message says. */
export const buttonsCard = (buttons: readonly NumberedButton[], { press }: Assumed): Fragment =>
  heroFragment(buttonsField(buttons, press));

/** A picture with buttons under it. */
export const pictureCard = (
  url: string,
  buttons: readonly NumberedButton[],
  { press }: Assumed,
): Fragment => heroFragment([picture(url), ...buttonsField(buttons, press)]);

/** A card of a gallery. */
export const galleryCard = (
  card: GalleryCard,
  buttons: readonly NumberedButton[],
  { assets, assumed }: { readonly assets: Assets; readonly assumed: Assumed },
): Fragment => {
  const { title = '', text = '' } = card;
  return heroFragment([
    ...wordsField('title', title, assumed.cardTitleLength),
    ...wordsField('text', text, assumed.cardTextLength),
    picture(fileOf(card, 'image', assets).url),
    ...buttonsField(buttons, assumed.press),
  ]);
};
