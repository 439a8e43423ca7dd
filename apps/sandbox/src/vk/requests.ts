import { spoiled, type Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import type { Params } from '../telegram-methods/method.ts';
import { errorAnswer, errorOf, type VkError } from './errors.ts';
import { textIn } from './params.ts';
import { readScript, type ScriptCall } from './script.ts';
import { isInVain, Sendings, type Prospect } from './sending.ts';
import type { VkWorld } from './world.ts';

/** A request that sends: one call, or a program of several. */
export interface SendRequest {
  readonly bot: Bot;
  readonly method: 'messages.send' | 'execute';
  readonly params: Params;
  /** Arrival, in milliseconds since 1970. */
  readonly at: number;
}

export interface Sent {
  readonly answer: Answer;
  readonly latencyMs: number;
}

const MOST_CALLS = 25;
const HTTP_OK = 200;
const TOO_FAST = 6;

/** What VK answers to a request: 200, and what there is to say in the body. */
export const answerWith = (body: object): Answer => ({
  status: HTTP_OK,
  body: JSON.stringify(body),
});

const callsOf = ({ method, params }: SendRequest): readonly ScriptCall[] | VkError => {
  if (method === 'messages.send') return [{ method, params }];
  const calls = readScript(textIn(params['code']));
  if (calls === undefined) return errorOf(12);
  return calls.length > MOST_CALLS ? errorOf(13, 'too many api calls') : calls;
};

/** Answers requests that send, call by call. */
export class SendRequests {
  readonly #world: VkWorld;
  readonly #sendings: Sendings;

  constructor(world: VkWorld) {
    this.#world = world;
    this.#sendings = new Sendings(world);
  }

  send(request: SendRequest): Sent {
    const calls = callsOf(request);
    if ('code' in calls)
      return { answer: answerWith(errorAnswer(calls, request.method)), latencyMs: 0 };
    const { bot, at } = request;
    const isAdmitted = this.#world.troubles.admits(bot, at);
    const prospects = calls
      .filter(({ method }) => method === 'messages.send')
      .map(({ params }) => this.#sendings.foresee({ bot, params, at }));
    if (!isAdmitted) return this.#refuse(request, prospects, errorOf(TOO_FAST));
    const fault = prospects.find(({ requestFault }) => requestFault)?.requestFault;
    if (fault !== undefined) return this.#refuse(request, prospects, fault);
    return this.#execute(request, prospects, calls);
  }

  #execute(
    request: SendRequest,
    prospects: readonly Prospect[],
    calls: readonly ScriptCall[],
  ): Sent {
    const latencyMs = Math.max(0, ...prospects.map((prospect) => prospect.latencyMs));
    const spoiler = prospects.find((prospect) => prospect.spoiler)?.spoiler;
    const spoiledAnswer = spoiler && spoiled(spoiler);
    const status = spoiledAnswer?.status ?? HTTP_OK;
    if (spoiledAnswer !== undefined && prospects.some(isInVain)) {
      for (const prospect of prospects) this.#sendings.refuse(prospect, { status, code: 0 });
      return { answer: spoiledAnswer, latencyMs };
    }
    const waiting = prospects.values();
    const done = calls.map(({ method }) => {
      const prospect = method === 'messages.send' ? waiting.next().value : undefined;
      return { method, outcome: prospect ? this.#sendings.execute(prospect, status) : errorOf(3) };
    });
    const answer = request.method === 'execute' ? this.#program(done) : this.#single(done);
    return { answer: spoiledAnswer ?? answer, latencyMs };
  }

  #single(done: readonly { outcome: { response: unknown } | VkError }[]): Answer {
    const outcome = done[0]?.outcome ?? errorOf(1);
    return answerWith('code' in outcome ? errorAnswer(outcome, 'messages.send') : outcome);
  }

  /** A call that failed is `false` in its place, and its error stands in a list of errors. */
  #program(done: readonly { method: string; outcome: { response: unknown } | VkError }[]): Answer {
    const response = done.map(({ outcome }) => ('code' in outcome ? false : outcome.response));
    const errors = done.flatMap(({ method, outcome }) =>
      'code' in outcome ? [{ method, error_code: outcome.code, error_msg: outcome.message }] : [],
    );
    return answerWith({ response, ...(errors.length > 0 && { execute_errors: errors }) });
  }

  #refuse({ method }: SendRequest, prospects: readonly Prospect[], error: VkError): Sent {
    for (const prospect of prospects)
      this.#sendings.refuse(prospect, { status: HTTP_OK, code: error.code });
    return { answer: answerWith(errorAnswer(error, method)), latencyMs: 0 };
  }
}
