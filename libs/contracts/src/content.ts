import type { Channel } from './channel.ts';

export interface LinkButton {
  readonly kind: 'link';
  readonly label: string;
  readonly url: string;
}
export interface MessageButton {
  readonly kind: 'message';
  readonly label: string;
  readonly payload: string;
}
export interface BuyButton {
  readonly kind: 'buy';
  readonly label: string;
  readonly url: string;
}
export type Button = LinkButton | MessageButton | BuyButton;
export type ButtonKind = Button['kind'];

/** A file: by address, or by the id of an upload kept by Crier. */
export type MediaSource =
  | { readonly url: string; readonly media?: never }
  | { readonly media: string; readonly url?: never };

export interface TextElement {
  readonly type: 'text';
  /** CommonMark's bold, italic, strike, code and link; `{{variable | fallback}}`. */
  readonly text: string;
  readonly buttons?: readonly Button[];
}
export type MediaKind = 'image' | 'video' | 'audio' | 'voice' | 'file';
export type MediaElement = MediaSource & {
  readonly type: MediaKind;
  readonly caption?: string;
  readonly buttons?: readonly Button[];
};
export type GalleryCard = MediaSource & {
  readonly title?: string;
  readonly text?: string;
  readonly buttons?: readonly Button[];
};
export interface GalleryElement {
  readonly type: 'gallery';
  readonly cards: readonly GalleryCard[];
}
export type Element = TextElement | MediaElement | GalleryElement;

/** Where people came from, for the team's own counting: added as `utm_source`, `utm_medium`, `utm_campaign`. */
export interface Utm {
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
}

/** The message of a broadcast, for all its channels. */
export interface MessageContent {
  /** One content for all channels; where false, each channel under `channels` has its own. */
  readonly synchronised: boolean;
  readonly elements: readonly Element[];
  /** For the targets of link and buy buttons that do not have them already; absent: the targets stay as they are. */
  readonly utm?: Utm;
  readonly channels?: Readonly<Record<Channel, { readonly elements: readonly Element[] }>>;
}

/** The elements that a channel shows; none: the channel gets no recipients. */
export const elementsFor = (content: MessageContent, channel: Channel): readonly Element[] =>
  content.channels?.[channel]?.elements ?? (content.synchronised ? content.elements : []);

/** Every button of a channel's content, in order; its index is its name in refs and reports. */
export const buttonsOf = (elements: readonly Element[]): readonly Button[] =>
  elements.flatMap((element) =>
    element.type === 'gallery'
      ? element.cards.flatMap((card) => card.buttons ?? [])
      : (element.buttons ?? []),
  );
