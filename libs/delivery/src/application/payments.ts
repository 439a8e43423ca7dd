import type { Bot } from '@crier/audience';
import type { WebhookEvent } from '@crier/connector';
import type { Ref } from '@crier/contracts';

/** Writes down what people paid inside a messenger, each payment once. */
export abstract class Payments {
  /** Durable when it resolves; a repeat changes nothing. @throws Unavailable */
  abstract record(
    bot: Bot,
    ref: Ref,
    payment: Extract<WebhookEvent, { kind: 'paid' }>,
  ): Promise<void>;
}
