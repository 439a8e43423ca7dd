import type { MessageContent, MessageElement } from '../../api/types.ts';

/** Where elements stand: under one channel, or in common (undefined). */
export type Place = string | undefined;

/** What stands before the paths of a place's elements in faults of the API. */
export const pathOf = (place: Place): string => (place === undefined ? '' : `channels.${place}.`);

export const hasOwn = ({ channels = {} }: MessageContent, channel: string): boolean =>
  Object.hasOwn(channels, channel);

export const elementsAt = (
  { elements, channels = {} }: MessageContent,
  place: Place,
): readonly MessageElement[] =>
  place === undefined ? elements : (channels[place]?.elements ?? []);

/** What a channel shows; nothing: it gets no recipients. */
export const shownBy = (content: MessageContent, channel: string): readonly MessageElement[] =>
  elementsAt(content, hasOwn(content, channel) || !content.synchronised ? channel : undefined);

export const withElements = (
  content: MessageContent,
  place: Place,
  elements: readonly MessageElement[],
): MessageContent =>
  place === undefined
    ? { ...content, elements: [...elements] }
    : {
        ...content,
        channels: { ...content.channels, [place]: { elements: [...elements] } },
      };

/** The channel shows the common elements again. */
export const followingCommon = (
  { channels = {}, ...rest }: MessageContent,
  channel: string,
): MessageContent => {
  const others = Object.entries(channels).filter(([name]) => name !== channel);
  return others.length === 0 ? rest : { ...rest, channels: Object.fromEntries(others) };
};

/** One content for all, as it stands at one place; what others had of their own is gone. */
export const synchronised = (
  { utm, ...content }: MessageContent,
  place: Place,
): MessageContent => ({
  synchronised: true,
  elements: [...elementsAt({ ...content }, place)],
  ...(utm ? { utm } : {}),
});

/** Each of these channels goes on by itself, from what it shows now. */
export const separated = (content: MessageContent, channels: readonly string[]): MessageContent => {
  const own = [...new Set([...channels, ...Object.keys(content.channels ?? {})])].map(
    (channel): [string, { elements: MessageElement[] }] => [
      channel,
      { elements: [...shownBy(content, channel)] },
    ],
  );
  const { utm } = content;
  return {
    synchronised: false,
    elements: [],
    channels: Object.fromEntries(own),
    ...(utm ? { utm } : {}),
  };
};

const isBlank = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).some(
        ([name, inner]) =>
          (FILLED.includes(name) && inner === '') || (inner !== '' && isBlank(inner)),
      )
    : false;

const FILLED: readonly string[] = ['text', 'url', 'label', 'payload'];

/** Something was added and is still to be filled in. */
export const hasBlanks = (content: MessageContent): boolean => isBlank(content);
