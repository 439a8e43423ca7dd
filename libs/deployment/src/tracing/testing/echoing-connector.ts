import {
  Connector,
  type Assets,
  type Compiled,
  type ContentProblem,
  type SendResult,
  type WebhookReading,
} from '@crier/connector';
import type { Capabilities, Element } from '@crier/contracts';

/** A messenger that accepts everything. */
export class EchoingConnector extends Connector {
  readonly channel = 'telegram';
  readonly capabilities: Capabilities = {
    channel: 'telegram',
    version: 'test',
    reports: { delivered: false, opened: false },
    rate: { standard: 30, most: 1_000 },
    elements: ['text'],
    buttons: [],
    limits: {
      textLength: 4_096,
      captionLength: 1_024,
      buttonsPerMessage: 100,
      labelLength: 64,
      galleryCards: { least: 2, most: 10 },
      mediaBytes: 1,
    },
    idempotent: false,
  };

  check(): readonly ContentProblem[] {
    return [];
  }

  prepare(): Promise<Assets> {
    return Promise.resolve({});
  }

  compile(elements: readonly Element[]): Compiled {
    const part = { method: 'send', body: JSON.stringify(elements) };
    return { parts: 1, render: () => [part] };
  }

  send(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '1' });
  }

  readWebhook(): WebhookReading {
    return { authentic: false };
  }

  answerPress(): Promise<SendResult> {
    return Promise.resolve({ result: 'accepted', id: '' });
  }

  connect(): Promise<{ name: string }> {
    return Promise.resolve({ name: 'test' });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
