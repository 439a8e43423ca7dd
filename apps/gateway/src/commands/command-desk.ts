import {
  topics,
  type CommandMessage,
  type ErrandMessage,
  type ReplyMessage,
} from '@crier/contracts';
import {
  freshId,
  type Clock,
  type IncomingMessage,
  type Log,
  type MessageBus,
  type Subscription,
} from '@crier/kernel';
import type { CommandLog } from '../ports/command-log.ts';

export interface CommandDeskDeps {
  readonly bus: MessageBus;
  readonly commandLog: CommandLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly waitMs: number;
}

/** What a command is about; the desk adds who wants to know. */
export type Command = Omit<CommandMessage, 'v' | 'replyTo' | 'correlationId' | 'askedAt'> & {
  readonly correlationId?: string;
};
type Test = Omit<Extract<ErrandMessage, { kind: 'test' }>, 'v' | 'kind' | 'replyTo'>;

interface Waiter {
  readonly resolve: (reply: ReplyMessage) => void;
}

/** Puts commands on the bus and waits for what becomes of them. */
export class CommandDesk {
  readonly #deps: CommandDeskDeps;
  /** This copy of the gateway, as long as it lives. */
  readonly #instance = freshId();
  readonly #waiting = new Map<string, Set<Waiter>>();
  #subscription: Subscription | undefined;

  constructor(deps: CommandDeskDeps) {
    this.#deps = deps;
  }

  /** Listens for replies. @throws Unavailable */
  async start(): Promise<void> {
    this.#subscription = await this.#deps.bus.tail({
      topic: topics.replies,
      onBatch: (messages) => this.#heard(messages),
    });
  }

  async stop(): Promise<void> {
    await this.#subscription?.close();
  }

  /**
   * Gives commands of one broadcast, in order. Resolves with their replies, or undefined where one did not come in time.
   * @throws Unavailable some of them may have been given
   */
  async give(commands: readonly Command[]): Promise<readonly ReplyMessage[] | undefined> {
    const askedAt = this.#deps.clock.now();
    const messages = commands.map((command) => ({
      topic: topics.commands,
      key: command.broadcastId,
      value: {
        v: 1,
        correlationId: command.commandId,
        ...command,
        askedAt,
        replyTo: this.#instance,
      } satisfies CommandMessage,
    }));
    return this.#ask(
      commands.map(({ commandId }) => commandId),
      () => this.#deps.bus.publish(messages),
    );
  }

  /** Has a bot send a test. Resolves with its reply, or undefined where none came in time. @throws Unavailable */
  async test(channel: string, errand: Test): Promise<ReplyMessage | undefined> {
    const value: ErrandMessage = { v: 1, kind: 'test', ...errand, replyTo: this.#instance };
    const topic = topics.errands(channel);
    const message = { topic, key: errand.botId, partitionBy: errand.botId, value };
    const replies = await this.#ask([errand.errandId], () => this.#deps.bus.publish([message]));
    return replies?.[0];
  }

  async #ask(
    ids: readonly string[],
    publish: () => Promise<void>,
  ): Promise<readonly ReplyMessage[] | undefined> {
    const ended = new AbortController();
    const hopes = ids.map((id) => this.#hope(id, ended.signal));
    try {
      await publish();
      const late = this.#deps.clock.sleep(this.#deps.waitMs, ended.signal).then(() => undefined);
      return await Promise.race([Promise.all(hopes), late]);
    } finally {
      ended.abort();
    }
  }

  #hope(id: string, signal: AbortSignal): Promise<ReplyMessage> {
    return new Promise((resolve) => {
      const waiter: Waiter = { resolve };
      const waiters = this.#waiting.get(id) ?? new Set();
      this.#waiting.set(id, waiters.add(waiter));
      signal.addEventListener('abort', () => {
        waiters.delete(waiter);
        if (waiters.size === 0) this.#waiting.delete(id);
      });
    });
  }

  async #heard(messages: readonly IncomingMessage[]): Promise<void> {
    for (const { value } of messages) {
      const reply = value as ReplyMessage;
      const { commandId, broadcastId, accepted, revision, rejection } = reply;
      await this.#deps.commandLog.settle(commandId, {
        accepted,
        broadcastId,
        revision,
        ...(rejection === undefined ? {} : { rejection }),
      });
      for (const { resolve } of this.#waiting.get(commandId) ?? []) resolve(reply);
    }
  }
}
