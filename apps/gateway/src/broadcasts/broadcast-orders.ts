import type { BroadcastState } from '@crier/broadcast';
import type { Audience, MessageContent } from '@crier/contracts';
import { derivedId, type Clock } from '@crier/kernel';
import type { AudienceRules } from '../audience/audience-rules.ts';
import type { Command, CommandDesk } from '../commands/command-desk.ts';
import { Answer, created, etagOf, noContent, ok } from '../http/answer.ts';
import type { Order } from '../http/request-context.ts';
import type { CommandOutcome } from '../ports/command-log.ts';
import { Problem } from '../problems/problem.ts';
import { problemOf } from '../problems/rejection-problem.ts';
import { broadcastId, type BroadcastReader } from './broadcast-reader.ts';
import type { ContentRules } from './content-rules.ts';
import type { MessageExport, WantedExport } from './message-export.ts';
import type { FreshRows } from './fresh-rows.ts';
import type { Reach } from './reach.ts';
import type { ShownRow, ShownRows } from './shown-rows.ts';
import { startAt, type WantedStart } from './start-time.ts';

export interface BroadcastOrdersDeps {
  readonly desk: CommandDesk;
  readonly reader: BroadcastReader;
  readonly rows: FreshRows;
  readonly content: ContentRules;
  readonly shown: ShownRows;
  readonly exports: MessageExport;
  readonly audience: AudienceRules;
  readonly reach: Reach;
  readonly clock: Clock;
  readonly speedCeiling: number;
}

export interface WantedDraft {
  readonly name?: string;
  readonly message?: MessageContent;
  readonly audience?: unknown;
  readonly settings?: { readonly speed: number };
}

type Step = Pick<Command, 'type' | 'data'>;

const DEFAULT_NAME = 'New message';
const MOST_NAME = 200;

/** What came of a command: known, or to be looked up. */
type Given = { readonly revision: number } | { readonly pending: Answer };

/** Everything that a client can order of a broadcast. All throw Problem and Unavailable. */
export class BroadcastOrders {
  readonly #deps: BroadcastOrdersDeps;

  constructor(deps: BroadcastOrdersDeps) {
    this.#deps = deps;
  }

  /** Everything is checked before the first command; then all are given at once, in order. */
  draft(order: Order, wanted: WantedDraft): Promise<Answer> {
    return this.#begin(order, async () => {
      const { name = DEFAULT_NAME, message, settings } = wanted;
      if (message) await this.#deps.content.check(message, 'message.');
      const audience =
        wanted.audience === undefined
          ? undefined
          : await this.#deps.audience.read(wanted.audience, 'audience.');
      if (settings) this.#checkSpeed(settings.speed, 'settings.speed');
      return [
        { type: 'DraftBroadcast', data: { name } },
        ...(message ? [{ type: 'ComposeMessage', data: { content: message } }] : []),
        ...(audience ? [{ type: 'ChooseAudience', data: { audience } }] : []),
        ...(settings ? [{ type: 'ConfigureDelivery', data: settings }] : []),
      ];
    });
  }

  /** A new draft with the message, audience and settings of another broadcast. */
  copy(order: Order, id: string, wanted: string | undefined): Promise<Answer> {
    return this.#begin(order, async () => {
      const source = await this.#deps.reader.load(id);
      const { content, audience, speed } = source;
      const copyOf = { broadcastId: id, audience, speed, ...(content ? { content } : {}) };
      const name = wanted ?? `${source.name} (copy)`.slice(0, MOST_NAME);
      return [{ type: 'DraftBroadcast', data: { name, copyOf } }];
    });
  }

  async compose(order: Order, id: string, content: MessageContent): Promise<Answer> {
    const answer = await this.#compose(order, id, content);
    return this.#withMessage(answer, content, {});
  }

  /** Copies elements between channels: on the revision that was read, so that nobody's change is lost. */
  async exportMessage(order: Order, id: string, wanted: WantedExport): Promise<Answer> {
    // A repeat is answered from what was there before the first.
    const before = order.outcome?.accepted === true ? order.outcome.revision : Infinity;
    const { state, revision } = await this.#deps.reader.loadBefore(id, before);
    const { content, copied, refused } = await this.#deps.exports.of(state.content, wanted);
    const answer = await this.#compose({ ifRevision: revision, ...order }, id, content);
    return this.#withMessage(answer, content, { copied, refused });
  }

  chooseAudience(order: Order, id: string, json: unknown): Promise<Answer> {
    return this.#change(order, id, async () => {
      const audience: Audience = await this.#deps.audience.read(json);
      return { type: 'ChooseAudience', data: { audience } };
    });
  }

  async configure(order: Order, id: string, speed: number): Promise<Answer> {
    this.#checkSpeed(speed, 'speed');
    return this.simple(order, id, { type: 'ConfigureDelivery', data: { speed } });
  }

  async activate(order: Order, id: string, wanted: WantedStart): Promise<Answer> {
    const answer = await this.#change(order, id, async () => {
      const state = await this.#deps.reader.load(id);
      const start = startAt(wanted, this.#deps.clock.now());
      if (state.phase === 'draft') await this.#mustBeSendable(state);
      return { type: 'ActivateBroadcast', data: { start } };
    });
    if (answer.status !== 200) return answer;
    const start = await this.#deps.reader.startOf(id);
    return ok({ ...(answer.body as ShownRow), start }, answer.headers);
  }

  /** Gives one command that nothing but the broadcast itself can refuse, and answers with the row. */
  simple(order: Order, id: string, step: Step): Promise<Answer> {
    return this.#change(order, id, () => Promise.resolve(step));
  }

  async remove(order: Order, id: string): Promise<Answer> {
    const step = { type: 'DeleteBroadcast', data: {} };
    const given = await this.#give(order, broadcastId(id), () => Promise.resolve([step]));
    if ('pending' in given) return given.pending;
    await this.#deps.rows.gone(id);
    return noContent();
  }

  #compose(order: Order, id: string, content: MessageContent): Promise<Answer> {
    return this.#change(order, id, async () => {
      await this.#deps.content.check(content);
      return { type: 'ComposeMessage', data: { content } };
    });
  }

  async #withMessage(answer: Answer, message: MessageContent, more: object): Promise<Answer> {
    if (answer.status !== 200) return answer;
    const warnings = await this.#deps.content.warnings(message);
    return ok({ ...(answer.body as ShownRow), warnings, ...more }, answer.headers);
  }

  async #change(order: Order, id: string, step: () => Promise<Step>): Promise<Answer> {
    const given = await this.#give(order, broadcastId(id), async () => [await step()]);
    return 'pending' in given ? given.pending : this.#shown(order, id, given.revision);
  }

  async #begin(order: Order, steps: () => Promise<readonly Step[]>): Promise<Answer> {
    const id = derivedId('broadcast', order.commandId);
    const given = await this.#give(order, id, steps);
    if ('pending' in given) return given.pending;
    const answer = await this.#shown(order, id, given.revision);
    return answer.status === 200
      ? created(answer.body, `/v1/broadcasts/${id}`, answer.headers)
      : answer;
  }

  /** What is known to have been accepted is not checked again: the world may have changed since. */
  async #give(order: Order, id: string, steps: () => Promise<readonly Step[]>): Promise<Given> {
    if (order.outcome) return known(order.outcome);
    const replies = await this.#deps.desk.give(commandsOf(order, id, await steps()));
    if (!replies) return { pending: pendingAnswer(order) };
    const refused = replies.find(({ accepted }) => !accepted);
    if (refused) throw problemOf(refused.rejection ?? { code: 'UNKNOWN_COMMAND' });
    return { revision: Math.max(...replies.map(({ revision }) => revision)) };
  }

  async #shown(order: Order, id: string, revision: number): Promise<Answer> {
    const row = await this.#deps.rows.at(id, revision);
    if (!row) return pendingAnswer(order);
    return ok(await this.#deps.shown.one(row), etagOf(Math.max(row.revision, revision)));
  }

  #checkSpeed(speed: number, path: string): void {
    const { speedCeiling } = this.#deps;
    if (speed <= speedCeiling) return;
    const message = `Give at most ${speedCeiling} messages per second: the ceiling of this deployment.`;
    throw new Problem('SPEED_ABOVE_CEILING', `${path}: ${message}`, {
      errors: [{ path, code: 'SPEED_ABOVE_CEILING', message }],
    });
  }

  async #mustBeSendable({ content, audience, speed }: BroadcastState): Promise<void> {
    if (!content) throw problemOf({ code: 'MESSAGE_MISSING' });
    await this.#deps.content.check(content, 'message.');
    this.#checkSpeed(speed, 'settings.speed');
    await this.#deps.reach.mustBeSomebody(content, audience);
  }
}

/** The last step has the order's own id: when it is known, all of them are. `If-Match` counts for the first. */
const commandsOf = (order: Order, id: string, steps: readonly Step[]): readonly Command[] => {
  const { commandId, actor, ifRevision } = order;
  return steps.map((step, index) => ({
    ...step,
    broadcastId: id,
    commandId: index === steps.length - 1 ? commandId : derivedId(commandId, 'step', index),
    correlationId: commandId,
    actor,
    ...(ifRevision === undefined || index > 0 ? {} : { ifRevision }),
  }));
};

const known = ({ accepted, revision, rejection }: CommandOutcome): Given => {
  if (!accepted) throw problemOf(rejection ?? { code: 'UNKNOWN_COMMAND' });
  return { revision };
};

/** "Not known yet", with the place to look. */
export const pendingAnswer = ({ commandId }: Order): Answer => {
  const location = `/v1/commands/${commandId}`;
  return new Answer(202, { commandId, location }, { location });
};
