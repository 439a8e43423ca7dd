import { parseRichText, type Assets, type Compiled } from '@crier/connector';
import type { Element, MediaElement } from '@crier/contracts';
import { BUTTON_TEXT_LENGTH, TEXT_LENGTH } from '../limits.ts';
import { buttonsFragment, numberedButtons, type Fragment, type NumberedButton } from './buttons.ts';
import { galleryFragment } from './cards.ts';
import { attachmentTypeOf, fileFields } from './media.ts';
import { textTemplate } from './plain-text.ts';

const MESSAGES = 'me/messages';
/** Stands over buttons that have no words of their own. */
const POINTER = '👇';

/** A text, with buttons under it where there are any. */
const textFragment = (written: string, buttons: readonly NumberedButton[]): Fragment => {
  const text = parseRichText(written);
  if (buttons.length === 0) {
    const template = textTemplate(text, TEXT_LENGTH);
    return ({ variables }) => `"text":${template(variables)}`;
  }
  const template = textTemplate(text, BUTTON_TEXT_LENGTH);
  const under = buttonsFragment(buttons);
  const head = '"attachment":{"type":"template","payload":{"template_type":"button","text":';
  return (target) => `${head}${template(target.variables)}${under(target)}}}`;
};

const attachmentFragment = (element: MediaElement, assets: Assets): Fragment => {
  const type = attachmentTypeOf(element.type);
  const fields = JSON.stringify({ type, payload: fileFields(element, type, assets) });
  return () => `"attachment":${fields}`;
};

/** A picture or a video with buttons right under it. */
const mediaTemplateFragment = (
  element: MediaElement,
  type: 'image' | 'video',
  { buttons, assets }: { readonly buttons: readonly NumberedButton[]; readonly assets: Assets },
): Fragment => {
  const file = JSON.stringify({ media_type: type, ...fileFields(element, type, assets) });
  const under = buttonsFragment(buttons);
  const head = `"attachment":{"type":"template","payload":{"template_type":"media","elements":[${file.slice(0, -1)}`;
  return (target) => `${head}${under(target)}}]}}`;
};

/** A file carries no words: they follow in a message of their own, and the buttons with them. */
const mediaFragments = (
  element: MediaElement,
  buttons: readonly NumberedButton[],
  assets: Assets,
): readonly Fragment[] => {
  const { caption = '' } = element;
  const type = attachmentTypeOf(element.type);
  if (caption === '' && buttons.length > 0 && (type === 'image' || type === 'video'))
    return [mediaTemplateFragment(element, type, { buttons, assets })];
  const file = attachmentFragment(element, assets);
  if (caption === '' && buttons.length === 0) return [file];
  return [file, textFragment(caption || POINTER, buttons)];
};

const fragmentsOf = (
  element: Element,
  buttons: readonly NumberedButton[],
  assets: Assets,
): readonly Fragment[] => {
  if (element.type === 'text') return [textFragment(element.text, buttons)];
  return element.type === 'gallery'
    ? [galleryFragment(element, buttons, assets)]
    : mediaFragments(element, buttons, assets);
};

/**
 * Prepares content that was checked; rendering it for a person only fills in what is theirs. A body holds all but the
 * person's address; its `metadata` comes back in the echo of the message, and so tells what a lost answer did not.
 */
export const compile = (elements: readonly Element[], assets: Assets): Compiled => {
  const buttons = numberedButtons(elements);
  const messages = elements.flatMap((element, index) =>
    fragmentsOf(element, buttons[index] ?? [], assets),
  );
  return {
    parts: messages.length,
    render: (target) =>
      messages.map((message, part) => ({
        method: MESSAGES,
        body: `{"messaging_type":"UPDATE","message":{${message(target)},"metadata":"${target.keyOf(part)}"}}`,
      })),
  };
};
