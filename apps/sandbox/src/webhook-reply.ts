import type { Bot } from './bots.ts';
import { findMethod } from './telegram-methods/find-method.ts';
import { asObject, textOf } from './telegram-methods/method.ts';

/** A method that a webhook named in its answer, instead of calling it. */
export interface WebhookReply {
  readonly method: string;
  /** Whether Telegram carried it out. Nobody else is told. */
  readonly ok: boolean;
}

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/** Carries out what a webhook's answer asks for, as Telegram does: JSON with a `method` in it. Only methods that send nothing. */
export const carryOut = (bot: Bot, contentType: string, body: string): WebhookReply | undefined => {
  if (!contentType.startsWith('application/json')) return undefined;
  const { method: named, ...params } = asObject(parsed(body)) ?? {};
  const name = textOf(named);
  if (name === undefined) return undefined;
  const method = findMethod(name);
  if (method?.sends !== false) return { method: name, ok: false };
  return { method: method.name, ok: !('refused' in method.run({ bot, params, files: new Map() })) };
};
