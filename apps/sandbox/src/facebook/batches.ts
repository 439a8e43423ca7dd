import type { Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import { structured, type Params } from '../telegram-methods/method.ts';
import { invalidParameter, unsupported } from './graph-errors.ts';
import {
  isDone,
  isLost,
  refusal,
  spoiledBy,
  type Fate,
  type Sending,
  type Sendings,
} from './sending.ts';
import { objectsIn } from './template-faults.ts';
import type { FacebookDeed, FacebookWorld } from './world.ts';

/** A batch as it came. */
export interface BatchCall {
  readonly bot: Bot;
  readonly params: Params;
  readonly at: number;
}

interface Answered {
  readonly answer: Answer;
  readonly latencyMs: number;
}

interface Planned extends Fate {
  readonly sending: Sending;
}

const MOST_CALLS = 50;
const RELATIVE_URL = /^\/?(?:v\d+\.\d+\/)?([^/?]+)\/messages(?:\?.*)?$/;

/** The fields of an inner call: a form whose structures are JSON. */
const paramsIn = ({ body }: Params): Params => {
  const form = new URLSearchParams(typeof body === 'string' ? body : '');
  const { recipient, message, ...rest } = Object.fromEntries(form);
  return { ...rest, recipient: structured(recipient), message: structured(message) };
};

const isMessage = ({ method, relative_url: url }: Params, bot: Bot): boolean => {
  const node = typeof url === 'string' ? RELATIVE_URL.exec(url)?.[1] : undefined;
  return method === 'POST' && (node === 'me' || node === String(bot.id));
};

/** Executes batches of messages: each counts and is refused by itself, and all are answered together. */
export class Batches {
  readonly #world: FacebookWorld;
  readonly #sendings: Sendings;

  constructor(world: FacebookWorld, sendings: Sendings) {
    this.#world = world;
    this.#sendings = sendings;
  }

  send(call: BatchCall): Answered {
    const { bot, params, at } = call;
    this.#world.counts.otherCall('batch');
    const items = objectsIn(structured(params['batch']));
    const refused = this.#faultOf(items, bot);
    if (refused !== undefined) return { answer: refused, latencyMs: 0 };
    const sendings = items.map((item) => ({ bot, params: paramsIn(item), at }));
    const whole = this.#world.batchTroubles.meet(
      { bot, method: 'batch', chat: undefined },
      (kind) => {
        this.#world.counts.trouble(kind);
      },
    );
    const isStopped = whole.deed !== undefined && !isDone(whole.deed);
    const planned = sendings.map((sending): Planned =>
      isStopped
        ? { sending, deed: whole.deed, latencyMs: 0 }
        : { sending, ...this.#sendings.fateOf(sending) },
    );
    const latencyMs = Math.max(whole.latencyMs, ...planned.map((each) => each.latencyMs));
    return { answer: this.#execute(planned, whole.deed, params), latencyMs };
  }

  #faultOf(items: readonly Params[], bot: Bot): Answer | undefined {
    if (items.length === 0)
      return refusal(invalidParameter('batch parameter must be a JSON array'));
    if (items.length > MOST_CALLS)
      return refusal(
        invalidParameter('Too many requests in batch message. Maximum batch size is 50'),
      );
    const other = items.find((item) => !isMessage(item, bot));
    return other && refusal(unsupported('post', String(other['relative_url'])));
  }

  #execute(planned: readonly Planned[], whole: FacebookDeed | undefined, params: Params): Answer {
    const lost = planned.map(({ deed }) => deed).find(isLost);
    // A connection cut before the work stops the work of all.
    const isCut = lost !== undefined && !isDone(lost);
    const answers = planned.map(({ sending, deed }) =>
      this.#item(sending, isCut ? lost : deed, params),
    );
    const spoiler = whole ?? lost;
    return spoiler === undefined
      ? { status: 200, body: JSON.stringify(answers) }
      : spoiledBy(spoiler);
  }

  #item(sending: Sending, deed: FacebookDeed | undefined, params: Params): object | null {
    const { status: code, body } = this.#sendings.carryOut(sending, deed);
    if (deed?.kind === 'unfinished') return null;
    const isShort = String(params['include_headers']) === 'false';
    return { code, ...(isShort ? {} : { headers: [] }), body };
  }
}
