import type {
  ButtonKind,
  ElementKind,
  GalleryCard,
  MessageButton,
  MessageElement,
} from '../../api/types.ts';

export const freshCard = (): GalleryCard => ({ url: '', title: '' });

export const freshElement = (kind: ElementKind): MessageElement => {
  if (kind === 'text') return { type: 'text', text: '' };
  if (kind === 'gallery') return { type: 'gallery', cards: [freshCard(), freshCard()] };
  return { type: kind, url: '' };
};

/** A button of another kind keeps what it can of an earlier one. */
export const buttonOf = (kind: ButtonKind, earlier?: MessageButton): MessageButton => {
  const label = earlier?.label ?? '';
  if (kind === 'message') return { kind, label, payload: '' };
  return { kind, label, url: earlier && 'url' in earlier ? earlier.url : '' };
};
