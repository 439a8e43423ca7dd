import type { Channel } from './channel.ts';

/** Topic names, each built here and nowhere else. */
export const topics = {
  commands: 'commands',
  lifecycle: 'lifecycle',
  channels: 'channels',
  agenda: 'agenda',
  replies: 'replies',
  upkeep: 'upkeep',
  lanes: (channel: Channel): string => `lanes.${channel}`,
  receipts: (channel: Channel): string => `receipts.${channel}`,
  /** Receipts that found no message yet. */
  receiptsAgain: (channel: Channel): string => `receipts-again.${channel}`,
  errands: (channel: Channel): string => `errands.${channel}`,
} as const;

/** Table topics are compacted and re-read to their end; all others are logs. */
export const isTableTopic = (topic: string): boolean =>
  topic.startsWith('lanes.') || topic === topics.channels || topic === topics.agenda;
