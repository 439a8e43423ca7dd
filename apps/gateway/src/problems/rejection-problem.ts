import type { ReplyMessage } from '@crier/contracts';
import { Problem } from './problem.ts';

type Rejection = NonNullable<ReplyMessage['rejection']>;

const text = (rejection: Rejection, field: string): string => {
  const value = rejection[field];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'unknown';
};

/** What the decider's refusals say to people. */
const SENTENCES: Readonly<Record<string, (rejection: Rejection) => string>> = {
  BROADCAST_NOT_FOUND: () => 'There is no broadcast with this id.',
  BROADCAST_DELETED: () => 'The broadcast was deleted; copy another one instead.',
  BROADCAST_EXISTS: () => 'A broadcast with this id exists already; leave the id to the server.',
  NOT_EDITABLE: (r) =>
    `The broadcast is ${text(r, 'status')}: message, audience and settings change only in a draft. Unschedule it, or copy it.`,
  ALREADY_ACTIVATED: (r) =>
    `The broadcast is ${text(r, 'status')} already; copy it to send it once more.`,
  MESSAGE_MISSING: () => 'The message is empty: PUT …/message with at least one element first.',
  START_IN_PAST: (r) =>
    `start lies in the past (${text(r, 'instant')}); name a later one, or "now".`,
  NOT_SCHEDULED: (r) =>
    `The broadcast is ${text(r, 'status')}; only a scheduled one can be unscheduled.`,
  NOT_ACTIVE: (r) =>
    `The broadcast is ${text(r, 'status')}; this can be done only while it is scheduled or sending.`,
  NOT_HELD: (r) => `The broadcast is ${text(r, 'status')}; only a held one can be resumed.`,
  NOTHING_TO_RETRY: (r) =>
    `The broadcast is ${text(r, 'status')}; retry while it is sending, or when it was sent.`,
  STILL_SENDING: (r) =>
    `The broadcast is ${text(r, 'status')}: stop it and let it settle before deleting it.`,
  REVISION_MISMATCH: (r) =>
    `The broadcast was changed meanwhile: If-Match names revision ${text(r, 'expected')}, it stands at ${text(r, 'actual')}. Read it again and repeat the change.`,
  UNKNOWN_BOT: () => 'There is no such bot; see GET /v1/bots.',
  CONTACT_NOT_REACHABLE: () => 'contactId has no connection to this bot; choose another one.',
  TEST_NOT_SENT: (r) => `The messenger did not take the test: ${text(r, 'reason')}.`,
};

/** The problem that a refusal of a command is answered with. */
export const problemOf = (rejection: Rejection): Problem => {
  const sentence = SENTENCES[rejection.code];
  const { code } = rejection;
  const headers: Record<string, string> =
    code === 'REVISION_MISMATCH' ? { etag: `"${text(rejection, 'actual')}"` } : {};
  return new Problem(code, sentence?.(rejection) ?? 'The command was refused.', { headers });
};
