import { parseRichText, type Assets, type Compiled } from '@crier/connector';
import type { Element, MediaElement, TextElement } from '@crier/contracts';
import { TEXT_LENGTH } from '../limits.ts';
import { shownFile } from './attachments.ts';
import { keyboardFor, numberedButtons, type NumberedButton } from './buttons.ts';
import { galleryFields } from './gallery.ts';
import type { MessageFields } from './message.ts';
import { textTemplate } from './vk-text.ts';

export const SEND = 'messages.send';

const textFields = ({ text }: TextElement): MessageFields => {
  const words = textTemplate(parseRichText(text), TEXT_LENGTH);
  return ({ variables }) => ({ message: words(variables) });
};

const mediaFields = (element: MediaElement, assets: Assets): MessageFields => {
  const { attachment, address } = shownFile(element, element.type, assets);
  const end = address === undefined ? '' : `\n${address}`;
  const words = textTemplate(parseRichText(element.caption ?? ''), TEXT_LENGTH - end.length);
  return ({ variables }) => {
    const message = (words(variables) + end).trim();
    return { ...(message && { message }), ...(attachment && { attachment }) };
  };
};

const fieldsOf = (
  element: Element,
  buttons: readonly NumberedButton[],
  assets: Assets,
): MessageFields => {
  if (element.type === 'gallery') return galleryFields(element, buttons, assets);
  const fields = element.type === 'text' ? textFields(element) : mediaFields(element, assets);
  if (buttons.length === 0) return fields;
  const keyboard = keyboardFor(buttons);
  return (target) => ({ ...fields(target), keyboard: keyboard(target) });
};

/**
 * Prepares content that was checked, one message for each element. What a part says names nobody, so that all to whom
 * the same is said share a call; its key makes VK know a repeat.
 */
export const compile = (elements: readonly Element[], assets: Assets): Compiled => {
  const buttons = numberedButtons(elements);
  const messages = elements.map((element, index) =>
    fieldsOf(element, buttons[index] ?? [], assets),
  );
  return {
    parts: messages.length,
    render: (target) =>
      messages.map((fields, part) => ({
        method: SEND,
        body: JSON.stringify({ random_id: target.keyOf(part), ...fields(target) }),
      })),
  };
};
