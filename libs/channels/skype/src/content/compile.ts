import { parseRichText, type Assets, type Compiled } from '@crier/connector';
import type { Element, GalleryElement, MediaElement } from '@crier/contracts';
import type { Attachment } from '@microsoft/agents-activity';
import type { Assumed } from '../limits.ts';
import { numberedButtons, type Fragment, type NumberedButton } from './buttons.ts';
import { buttonsCard, galleryCard, pictureCard } from './cards.ts';
import { fileOf } from './media.ts';
import { textTemplate } from './text-template.ts';

export const SEND = 'send';

/** What content is prepared with. */
export interface Prepared {
  readonly assets: Assets;
  readonly assumed: Assumed;
}

/** The buttons of an element; of a gallery's, one list for each card. */
type Buttons = readonly (readonly NumberedButton[])[];

const textField = (written: string, most: number): Fragment => {
  const template = textTemplate(parseRichText(written), most);
  return ({ variables }) => `,"text":${template(variables)},"textFormat":"markdown"`;
};

const attachmentsField =
  (layout: 'list' | 'carousel', attachments: readonly Fragment[]): Fragment =>
  (target) => {
    const list = attachments.map((attachment) => attachment(target)).join(',');
    return `,"attachmentLayout":"${layout}","attachments":[${list}]`;
  };

const fileAttachment = (element: MediaElement, assets: Assets): Fragment => {
  const { url, contentType, name } = fileOf(element, element.type, assets);
  const attachment: Attachment = { contentType, contentUrl: url, name };
  const json = JSON.stringify(attachment);
  return () => json;
};

const mediaAttachments = (
  element: MediaElement,
  buttons: readonly NumberedButton[],
  { assets, assumed }: Prepared,
): readonly Fragment[] => {
  if (buttons.length === 0) return [fileAttachment(element, assets)];
  if (element.type === 'image')
    return [pictureCard(fileOf(element, 'image', assets).url, buttons, assumed)];
  return [fileAttachment(element, assets), buttonsCard(buttons, assumed)];
};

const galleryField = ({ cards }: GalleryElement, buttons: Buttons, prepared: Prepared): Fragment =>
  attachmentsField(
    'carousel',
    cards.map((card, index) => galleryCard(card, buttons[index] ?? [], prepared)),
  );

const fieldsOf = (element: Element, buttons: Buttons, prepared: Prepared): readonly Fragment[] => {
  const { assumed } = prepared;
  const [own = []] = buttons;
  if (element.type === 'gallery') return [galleryField(element, buttons, prepared)];
  if (element.type === 'text') {
    const card = own.length === 0 ? [] : [attachmentsField('list', [buttonsCard(own, assumed)])];
    return [textField(element.text, assumed.textLength), ...card];
  }
  const words = element.caption ? [textField(element.caption, assumed.textLength)] : [];
  return [...words, attachmentsField('list', mediaAttachments(element, own, prepared))];
};

/** The activity of each element, without what says who it is from and for. */
export const templatesOf = (
  elements: readonly Element[],
  prepared: Prepared,
): readonly Fragment[] => {
  const buttons = numberedButtons(elements);
  return elements.map((element, index) => {
    const fields = fieldsOf(element, buttons[index] ?? [], prepared);
    return (target) => `{"type":"message"${fields.map((field) => field(target)).join('')}}`;
  });
};

/** Prepares content that was checked; rendering it for a person only fills in what is theirs. */
export const compile = (elements: readonly Element[], prepared: Prepared): Compiled => {
  const templates = templatesOf(elements, prepared);
  return {
    parts: templates.length,
    render: (target) => templates.map((template) => ({ method: SEND, body: template(target) })),
  };
};
