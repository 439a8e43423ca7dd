import { randomUUID } from 'node:crypto';
import type { Bot } from '../bots.ts';
import { hashInteger } from '../hash.ts';
import type { CallbackEvent } from './callback-servers.ts';
import type { VkWorld } from './world.ts';

/** A message of the community's own, as events show it. */
export interface OwnMessage {
  readonly peer: number;
  readonly messageId: number;
  readonly conversationMessageId: number;
  readonly randomId: number;
  readonly text: string;
  /** In seconds. */
  readonly date: number;
}

const SHUFFLED_WITHIN_MS = 50;

/** That VK has a message, whoever sent it. */
export const messageReply = (bot: Bot, message: OwnMessage): CallbackEvent => ({
  type: 'message_reply',
  object: {
    id: message.messageId,
    date: message.date,
    peer_id: message.peer,
    from_id: -bot.id,
    text: message.text,
    out: 1,
    random_id: message.randomId,
    conversation_message_id: message.conversationMessageId,
  },
});

/** That somebody has read all up to a message. */
export const messageRead = (
  peer: number,
  { messageId, conversationMessageId }: Pick<OwnMessage, 'messageId' | 'conversationMessageId'>,
): CallbackEvent => ({
  type: 'message_read',
  object: {
    from_id: peer,
    peer_id: peer,
    read_message_id: messageId,
    conversation_message_id: conversationMessageId,
  },
});

/** Tells of a message that was accepted, as the plan says. */
export const scheduleReceipts = (world: VkWorld, bot: Bot, message: OwnMessage): void => {
  const { sentAfterMs, seenAfterMs, copies, shuffled } = world.receipts;
  const tell = (event: CallbackEvent, afterMs: number | undefined, turn: number): void => {
    if (afterMs === undefined) return;
    const copied = { ...event, eventId: randomUUID().replaceAll('-', '') };
    const seed = (message.messageId * 2 + turn) * copies;
    for (let copy = 0; copy < copies; copy += 1) {
      const strayMs = shuffled ? hashInteger(seed + copy) % SHUFFLED_WITHIN_MS : 0;
      setTimeout(() => void world.servers.deliver(bot, copied, true), afterMs + strayMs).unref();
    }
  };
  tell(messageReply(bot, message), sentAfterMs, 0);
  tell(messageRead(message.peer, message), seenAfterMs, 1);
};
