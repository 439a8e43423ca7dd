import { parseRichText, type Assets, type Compiled, type RenderTarget } from '@crier/connector';
import type { Element, MediaElement } from '@crier/contracts';
import {
  CAROUSEL_API_VERSION,
  KEYBOARD_API_VERSION,
  MOST_BYTES_PER_UNIT,
  MOST_REQUEST_BYTES,
  RESERVED_BYTES,
  TEXT_LENGTH,
} from '../limits.ts';
import { keyboardFragment, numberedButtons, type Fragment } from './buttons.ts';
import type { NumberedButton } from './buttons.ts';
import { carouselFragment } from './carousel.ts';
import { fileOf, formOf } from './media.ts';
import { textTemplate } from './text-template.ts';
import { MARKS, viberText } from './viber-text.ts';

/** Whether by `send_message` or `broadcast_message` is decided when it leaves. */
const SEND = 'send';

/** One message of a content, without its keyboard. */
interface Message {
  /** Index of the element it shows. */
  readonly element: number;
  /** Makes its fields, with so many characters for a text. */
  readonly fields: (mostText: number) => Fragment;
  readonly apiVersion: number;
}

/** One message ready to be rendered. */
export interface Template {
  readonly element: number;
  /** Everything but the receiver: the same for all to whom the same is said. */
  readonly content: Fragment;
}

const textFields =
  (text: string) =>
  (mostText: number): Fragment => {
    const template = textTemplate(viberText(parseRichText(text), MARKS), MARKS, mostText);
    return ({ variables }) => `"type":"text","text":${template(variables)}`;
  };

const captionedFields =
  (element: MediaElement, assets: Assets, mostCaption: number) => (): Fragment => {
    const { url, bytes } = fileOf(element, element.type, assets);
    const type = formOf(element.type);
    const size = type === 'video' ? { size: bytes } : {};
    const head = JSON.stringify({ type, media: url, ...size }).slice(1, -1);
    const caption = viberText(parseRichText(element.caption ?? ''), MARKS);
    const template = textTemplate(caption, MARKS, mostCaption);
    return ({ variables }) => `${head},"text":${template(variables)}`;
  };

const fileFields = (element: MediaElement, assets: Assets) => (): Fragment => {
  const { url, bytes, name } = fileOf(element, element.type, assets);
  const fields = JSON.stringify({ type: 'file', media: url, size: bytes, file_name: name });
  return () => fields.slice(1, -1);
};

const mediaMessages = (
  element: MediaElement,
  index: number,
  { assets, captionLength }: Prepared,
): readonly Message[] => {
  const plain = { element: index, apiVersion: 0 };
  if (formOf(element.type) !== 'file')
    return [{ ...plain, fields: captionedFields(element, assets, captionLength) }];
  // A file carries no words: they follow in a message of their own.
  const words = element.caption ? [{ ...plain, fields: textFields(element.caption) }] : [];
  return [{ ...plain, fields: fileFields(element, assets) }, ...words];
};

interface Prepared {
  readonly assets: Assets;
  readonly captionLength: number;
}

const messagesOf = (
  element: Element,
  index: number,
  { buttons, prepared }: { buttons: readonly NumberedButton[]; prepared: Prepared },
): readonly Message[] => {
  if (element.type === 'text')
    return [{ element: index, fields: textFields(element.text), apiVersion: 0 }];
  if (element.type !== 'gallery') return mediaMessages(element, index, prepared);
  const fields = () => carouselFragment(element, buttons, prepared.assets);
  return [{ element: index, fields, apiVersion: CAROUSEL_API_VERSION }];
};

const NOBODY: RenderTarget = {
  address: '',
  variables: {},
  refOf: () => 'x'.repeat(40),
  linkOf: () => 'x'.repeat(128),
  keyOf: () => 1,
};

// So that no person's values make a request too large, even if all of them are of the widest characters.
const mostTextBeside = (keyboard: Fragment): number => {
  const room = MOST_REQUEST_BYTES - RESERVED_BYTES - Buffer.byteLength(keyboard(NOBODY));
  return Math.min(TEXT_LENGTH, Math.floor(room / MOST_BYTES_PER_UNIT));
};

const NO_KEYBOARD: Fragment = () => '';

const templateOf = (message: Message, keyboard: Fragment): Template => {
  const fields = message.fields(mostTextBeside(keyboard));
  const needed = Math.max(message.apiVersion, keyboard === NO_KEYBOARD ? 0 : KEYBOARD_API_VERSION);
  const version = needed === 0 ? '' : `,"min_api_version":${needed}`;
  return {
    element: message.element,
    content: (target) => fields(target) + version + keyboard(target),
  };
};

/**
 * The messages of a content, in order. A keyboard hangs on the chat, and the next message takes it away: so all
 * buttons but a gallery's own stand in one keyboard, under the last message.
 */
export const templatesOf = (
  elements: readonly Element[],
  prepared: Prepared,
): readonly Template[] => {
  const buttons = numberedButtons(elements);
  const messages = elements.flatMap((element, index) =>
    messagesOf(element, index, { buttons: buttons[index] ?? [], prepared }),
  );
  const underChat = elements.flatMap((element, index) =>
    element.type === 'gallery' ? [] : (buttons[index] ?? []),
  );
  const keyboard = underChat.length === 0 ? NO_KEYBOARD : keyboardFragment(underChat);
  return messages.map((message, index) =>
    templateOf(message, index === messages.length - 1 ? keyboard : NO_KEYBOARD),
  );
};

/** Prepares content that was checked; rendering it for a person only fills in what is theirs. */
export const compile = (elements: readonly Element[], prepared: Prepared): Compiled => {
  const templates = templatesOf(elements, prepared);
  return {
    parts: templates.length,
    render: (target) =>
      templates.map(({ content }) => ({ method: SEND, body: `{${content(target)}}` })),
  };
};
