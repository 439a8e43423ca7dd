import { parseRichText, type Assets, type Compiled, type Part } from '@crier/connector';
import type { RenderTarget } from '@crier/connector';
import { buttonsOf, type Element, type GalleryElement } from '@crier/contracts';
import type { MediaElement, TextElement } from '@crier/contracts';
import type { ApiMethods } from '@grammyjs/types';
import { LIMITS } from '../limits.ts';
import { buttonsCaption, cardCaption, galleryButtons } from './gallery.ts';
import { keyboardTemplate } from './keyboard-template.ts';
import { MEDIA, cardMediaOf, handleOf } from './media-kinds.ts';
import { textTemplate } from './text-template.ts';

type Fields = (target: RenderTarget) => string;

interface PartTemplate {
  readonly method: keyof ApiMethods<never>;
  readonly fields: readonly Fields[];
}

const SAFE_NUMBER = /^-?[1-9]\d{0,14}$/;

const chatOf = (address: string): string =>
  SAFE_NUMBER.test(address) ? address : JSON.stringify(address);

const textFields = (text: string): Fields => {
  const template = textTemplate(parseRichText(text), ['text', 'entities'], LIMITS.textLength);
  return ({ variables }) => template(variables);
};

const captionTemplate = (text: Parameters<typeof textTemplate>[0]) =>
  textTemplate(text, ['caption', 'caption_entities'], LIMITS.captionLength);

const textPart = (element: TextElement, first: number): PartTemplate => ({
  method: 'sendMessage',
  fields: [textFields(element.text), keyboardTemplate(element.buttons ?? [], first)],
});

const mediaPart = (element: MediaElement, first: number, assets: Assets): PartTemplate => {
  const { method, field } = MEDIA[element.type];
  const media = `"${field}":${JSON.stringify(handleOf(element, field, assets))}`;
  const caption = captionTemplate(parseRichText(element.caption ?? ''));
  return {
    method: method as keyof ApiMethods<never>,
    fields: [
      () => media,
      ({ variables }) => caption(variables),
      keyboardTemplate(element.buttons ?? [], first),
    ],
  };
};

const albumFields = (cards: GalleryElement['cards'], assets: Assets): Fields => {
  const items = cards.map((card) => {
    const { field, handle } = cardMediaOf(card, assets);
    const head = JSON.stringify({ type: field, media: handle }).slice(0, -1);
    return { head, caption: captionTemplate(cardCaption(card)) };
  });
  return ({ variables }) => {
    const media = items.map(({ head, caption }) => {
      const fields = caption(variables);
      return fields === '' ? `${head}}` : `${head},${fields}}`;
    });
    return `"media":[${media.join(',')}]`;
  };
};

const galleryParts = (
  { cards }: GalleryElement,
  first: number,
  assets: Assets,
): readonly PartTemplate[] => {
  const album: PartTemplate = { method: 'sendMediaGroup', fields: [albumFields(cards, assets)] };
  const buttons = galleryButtons(cards);
  if (buttons.length === 0) return [album];
  const text = textTemplate(buttonsCaption(cards), ['text', 'entities'], LIMITS.textLength);
  return [
    album,
    {
      method: 'sendMessage',
      fields: [({ variables }) => text(variables), keyboardTemplate(buttons, first)],
    },
  ];
};

const partsOf = (element: Element, first: number, assets: Assets): readonly PartTemplate[] => {
  if (element.type === 'text') return [textPart(element, first)];
  return element.type === 'gallery'
    ? galleryParts(element, first, assets)
    : [mediaPart(element, first, assets)];
};

const rendered = ({ method, fields }: PartTemplate, target: RenderTarget, chat: string): Part => {
  let body = `{"chat_id":${chat}`;
  for (const field of fields) {
    const json = field(target);
    if (json !== '') body += `,${json}`;
  }
  return { method, body: `${body}}` };
};

/** Prepares content that was checked; rendering it for a person only fills in what is theirs. */
export const compile = (elements: readonly Element[], assets: Assets): Compiled => {
  let first = 0;
  const templates = elements.flatMap((element) => {
    const parts = partsOf(element, first, assets);
    first += buttonsOf([element]).length;
    return parts;
  });
  return {
    parts: templates.length,
    render: (target) => {
      const chat = chatOf(target.address);
      return templates.map((template) => rendered(template, target, chat));
    },
  };
};
