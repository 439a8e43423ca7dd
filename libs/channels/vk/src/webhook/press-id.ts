import type { MessagesSendMessageEventAnswerParams } from '@vkontakte/api-schema-typescript/dist/methods/messages.js';

type Press = Pick<MessagesSendMessageEventAnswerParams, 'event_id' | 'user_id' | 'peer_id'>;

/** A press that nobody waits for: the person said it in words. */
export const SAID = 'said';

/** All that an answer to a press needs, in one text. */
export const pressIdOf = ({ event_id: event, user_id: user, peer_id: peer }: Press): string =>
  JSON.stringify([event, user, peer]);

/** `undefined` for anything but what {@link pressIdOf} made. */
export const readPressId = (pressId: string): Press | undefined => {
  try {
    const parsed: unknown = JSON.parse(pressId);
    if (!Array.isArray(parsed)) return undefined;
    const [event, user, peer] = parsed as readonly unknown[];
    return typeof event === 'string' && typeof user === 'number' && typeof peer === 'number'
      ? { event_id: event, user_id: user, peer_id: peer }
      : undefined;
  } catch {
    return undefined;
  }
};
