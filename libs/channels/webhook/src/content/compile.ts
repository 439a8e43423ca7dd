import type { Assets, Compiled } from '@crier/connector';
import type { Element, GalleryCard, GalleryElement, MediaElement } from '@crier/contracts';
import { keyed } from '../calls/naming.ts';
import { CAPTION_LENGTH, CARD_TEXT_LENGTH, CARD_TITLE_LENGTH, TEXT_LENGTH } from '../limits.ts';
import { buttonsField, numberedButtons, type Fragment, type NumberedButton } from './buttons.ts';
import { addressOf } from './media.ts';
import { plainTemplate, richTemplate, type TextTemplate } from './texts.ts';

const POST = 'POST';

/** The buttons of an element; of a gallery's, one list for each card. */
type Buttons = readonly (readonly NumberedButton[])[];

/** A field with words, and a comma before it; nothing where there are none. */
const wordsField = (name: string, words: TextTemplate | undefined): Fragment =>
  words === undefined ? () => '' : ({ variables }) => `,"${name}":${words(variables)}`;

const richField = (name: string, written: string | undefined, most: number): Fragment =>
  wordsField(name, written ? richTemplate(written, most) : undefined);

const cardFragment = (
  card: GalleryCard,
  buttons: readonly NumberedButton[],
  assets: Assets,
): Fragment => {
  const url = JSON.stringify(addressOf(card, assets));
  const { title } = card;
  const titleField = wordsField(
    'title',
    title ? plainTemplate(title, CARD_TITLE_LENGTH) : undefined,
  );
  const textField = richField('text', card.text, CARD_TEXT_LENGTH);
  const under = buttonsField(buttons);
  return (target) => `{"url":${url}${titleField(target)}${textField(target)}${under(target)}}`;
};

const galleryFields = ({ cards }: GalleryElement, buttons: Buttons, assets: Assets): Fragment => {
  const fragments = cards.map((card, index) => cardFragment(card, buttons[index] ?? [], assets));
  return (target) => `,"cards":[${fragments.map((fragment) => fragment(target)).join(',')}]`;
};

const mediaFields = (element: MediaElement, [own = []]: Buttons, assets: Assets): Fragment => {
  const url = JSON.stringify(addressOf(element, assets));
  const caption = richField('caption', element.caption, CAPTION_LENGTH);
  const under = buttonsField(own);
  return (target) => `,"url":${url}${caption(target)}${under(target)}`;
};

const fieldsOf = (element: Element, buttons: Buttons, assets: Assets): Fragment => {
  if (element.type === 'gallery') return galleryFields(element, buttons, assets);
  if (element.type !== 'text') return mediaFields(element, buttons, assets);
  const [own = []] = buttons;
  const text = wordsField('text', richTemplate(element.text, TEXT_LENGTH));
  const under = buttonsField(own);
  return (target) => `${text(target)}${under(target)}`;
};

/** Prepares content, one message for each element; rendering it for a person only fills in what is theirs. */
export const compile = (elements: readonly Element[], assets: Assets): Compiled => {
  const buttons = numberedButtons(elements);
  const messages = elements.map((element, index): Fragment => {
    const fields = fieldsOf(element, buttons[index] ?? [], assets);
    const head = `"message":{"type":${JSON.stringify(element.type)}`;
    return (target) => `${head}${fields(target)}}`;
  });
  return {
    parts: messages.length,
    render: (target) =>
      messages.map((message, part) => ({
        method: POST,
        body: keyed(target.keyOf(part), message(target)),
      })),
  };
};
