import type { Exchanged, Letter, SendResult } from '@crier/connector';
import { mayBeOneCall, mayBeOnePeer, refusalOf, type VkError } from './refusals.ts';
import { answerOf, fieldsIn, type VkAnswer } from './vk-answer.ts';

/** One message that waits for its result. */
export interface Waiting extends Letter {
  readonly done: (result: SendResult) => void;
}

/** Equal messages to at most a hundred recipients: one call. */
export interface Group {
  readonly body: string;
  readonly waiting: readonly Waiting[];
}

/** What became of a group: a result for everybody, for each by address, or that it is to be sent again in smaller pieces. */
export type Outcome =
  | { readonly all: SendResult }
  | { readonly each: ReadonlyMap<string, SendResult> }
  | { readonly again: 'halved' | 'alone' };

/** The recipients of a group, each once. */
export const peersOf = ({ waiting }: Group): readonly string[] => [
  ...new Set(waiting.map(({ address }) => address)),
];

const SCRIPT_BREAKERS = /[\u2028\u2029]/g;
const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A group as a call in a program: what it says is one JSON literal, whatever it holds. */
export const callOf = (group: Group): string =>
  `API.messages.send(${group.body.slice(0, -1)},"peer_ids":"${peersOf(group).join(',')}"})`.replace(
    SCRIPT_BREAKERS,
    escaped,
  );

/** The request that carries these groups. */
export const requestOf = (
  groups: readonly Group[],
): { readonly method: string; readonly params: Readonly<Record<string, string | number>> } => {
  const [only] = groups;
  if (groups.length === 1 && only !== undefined) {
    const fields = JSON.parse(only.body) as Readonly<Record<string, string | number>>;
    return { method: 'messages.send', params: { ...fields, peer_ids: peersOf(only).join(',') } };
  }
  return { method: 'execute', params: { code: `return [${groups.map(callOf).join(',')}];` } };
};

const itemResult = (value: unknown): SendResult => {
  const item = fieldsIn(value);
  const { code, description } = fieldsIn(item['error']);
  if (typeof code === 'number')
    return refusalOf({ code, message: typeof description === 'string' ? description : '' });
  return typeof item['message_id'] === 'number'
    ? { result: 'accepted', id: String(item['message_id']) }
    : { result: 'unknown', reason: 'garbage' };
};

const refusedOutcome = (group: Group, error: VkError): Outcome =>
  mayBeOnePeer(error) && peersOf(group).length > 1
    ? { again: 'halved' }
    : { all: refusalOf(error) };

const answeredOutcome = (response: unknown): Outcome => {
  if (typeof response === 'number') return { all: { result: 'accepted', id: String(response) } };
  if (!Array.isArray(response)) return { all: { result: 'unknown', reason: 'garbage' } };
  const items = response as readonly unknown[];
  return {
    each: new Map(items.map((item) => [String(fieldsIn(item)['peer_id']), itemResult(item)])),
  };
};

const programOutcomes = (
  groups: readonly Group[],
  { response, executeErrors }: Extract<VkAnswer, { response: unknown }>,
): readonly Outcome[] => {
  const answers: readonly unknown[] = Array.isArray(response) ? response : [];
  const errors = executeErrors.values();
  return groups.map((group, index) => {
    // A call that failed is `false` in its place, and its error is the next one.
    const error = answers[index] === false ? errors.next().value : undefined;
    return error === undefined ? answeredOutcome(answers[index]) : refusedOutcome(group, error);
  });
};

/** What the answer to the request of these groups says of each, in order. */
export const outcomesOf = (exchanged: Exchanged, groups: readonly Group[]): readonly Outcome[] => {
  const answer = answerOf(exchanged);
  if ('failed' in answer) return groups.map(() => ({ all: answer.failed }));
  const isProgram = groups.length > 1;
  if (!('error' in answer))
    return isProgram ? programOutcomes(groups, answer) : [answeredOutcome(answer.response)];
  const { error } = answer;
  if (isProgram && mayBeOneCall(error)) return groups.map(() => ({ again: 'alone' }));
  return groups.map((group) =>
    isProgram ? { all: refusalOf(error) } : refusedOutcome(group, error),
  );
};
