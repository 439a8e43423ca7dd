import type { RenderTarget } from '@crier/connector';
import type { MessagesSendParams } from '@vkontakte/api-schema-typescript/dist/methods/messages.js';

/** What a message says to one person, in VK's fields. */
export type MessageFields = (
  target: RenderTarget,
) => Pick<Partial<MessagesSendParams>, 'message' | 'attachment' | 'keyboard' | 'template'>;
