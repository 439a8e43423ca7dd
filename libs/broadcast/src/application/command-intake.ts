import {
  broadcastStream,
  topics,
  type BroadcastEvent,
  type CommandMessage,
  type ReplyMessage,
} from '@crier/contracts';
import {
  commandHandler,
  NO_STREAM,
  upcaster,
  type EventStore,
  SilentMeter,
  type IncomingMessage,
  type Log,
  type MessageBus,
  type Meter,
  type StoredEvent,
  type Subscription,
  type Clock,
} from '@crier/kernel';
import { broadcastDecider } from '../domain/broadcast.decider.ts';
import type { BroadcastCommand, BroadcastRejection } from '../domain/commands.ts';
import type { BroadcastState } from '../domain/state.ts';
import { broadcastSteps } from '../upcasters/broadcast-steps.ts';

export interface IntakeDeps {
  readonly store: EventStore;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly log: Log;
  /** How long commands waited; not measured without it. */
  readonly meter?: Meter;
}

const lifted = upcaster(broadcastSteps);

/** A newer peer may ask what this release does not know: that is refused, not a crash. */
const KNOWN: Readonly<Record<BroadcastCommand['type'], true>> = {
  DraftBroadcast: true,
  RenameBroadcast: true,
  ComposeMessage: true,
  ChooseAudience: true,
  ConfigureDelivery: true,
  ActivateBroadcast: true,
  CancelSchedule: true,
  StartBroadcast: true,
  FreezeAudience: true,
  HoldBroadcast: true,
  ResumeBroadcast: true,
  HoldLane: true,
  StopBroadcast: true,
  RequestRetry: true,
  CompleteBroadcast: true,
  DeleteBroadcast: true,
};

/** A stored event of `broadcast-…` in its newest shape. @throws UnknownSchemaVersion */
export const broadcastEventOf = (stored: StoredEvent): BroadcastEvent => {
  const { type, data } = lifted(stored);
  return { type, data } as BroadcastEvent;
};

/** Carries out what comes on `commands`: the only writer of `broadcast-…`. A command is acknowledged when its events are stored. */
export class CommandIntake {
  readonly #deps: IntakeDeps;
  readonly #handle;
  readonly #meter: Meter;
  #subscription: Subscription | undefined;

  constructor(deps: IntakeDeps) {
    this.#deps = deps;
    this.#meter = deps.meter ?? new SilentMeter();
    this.#handle = commandHandler(deps.store, broadcastDecider, broadcastEventOf);
  }

  async start(): Promise<void> {
    this.#subscription = await this.#deps.bus.consume({
      topic: topics.commands,
      group: 'broadcasts',
      onBatch: async (messages) => {
        for (const message of messages) await this.#carryOut(message);
      },
    });
  }

  async stop(): Promise<void> {
    await this.#subscription?.close();
  }

  async #carryOut({ value }: IncomingMessage): Promise<void> {
    const message = value as CommandMessage;
    this.#measure(message);
    const reply = await this.#decide(message);
    if (!reply.accepted)
      this.#deps.log.info('command refused', {
        type: message.type,
        broadcastId: message.broadcastId,
        code: reply.rejection?.code,
      });
    if (message.replyTo === undefined) return;
    await this.#deps.bus.publish([
      { topic: topics.replies, partitionBy: message.replyTo, key: message.commandId, value: reply },
    ]);
  }

  /** A clock that is behind, or an instant that is none, must not stop the intake. */
  #measure({ askedAt }: CommandMessage): void {
    const waitedMs = Date.parse(this.#deps.clock.now()) - Date.parse(askedAt) || 0;
    const labels = { topic: topics.commands };
    this.#meter.observe('crier_message_age_seconds', labels, Math.max(0, waitedMs) / 1_000);
  }

  async #decide(message: CommandMessage): Promise<ReplyMessage> {
    const { commandId, broadcastId, ifRevision } = message;
    if (!Object.hasOwn(KNOWN, message.type))
      return {
        v: 1,
        commandId,
        broadcastId,
        accepted: false,
        revision: NO_STREAM,
        rejection: { code: 'UNKNOWN_COMMAND', type: message.type },
      };
    const command = {
      type: message.type,
      data: message.data,
      broadcastId,
      now: message.askedAt,
    } as BroadcastCommand;
    const handled = await this.#handle({
      stream: broadcastStream(broadcastId),
      commandId,
      command,
      metadata: {
        schemaVersion: 1,
        correlationId: message.correlationId,
        causationId: commandId,
        actor: message.actor,
        recordedAt: this.#deps.clock.now(),
      },
      ...(ifRevision === undefined ? {} : { precondition: mustBeAt(ifRevision) }),
    });
    const { accepted, revision } = handled;
    const about = { v: 1 as const, commandId, broadcastId, accepted, revision };
    return handled.accepted ? about : { ...about, rejection: handled.rejection };
  }
}

const mustBeAt =
  (expected: number) =>
  ({ phase }: BroadcastState, actual: number): BroadcastRejection | undefined =>
    phase === 'absent' || actual === expected
      ? undefined
      : { code: 'REVISION_MISMATCH', expected, actual };
