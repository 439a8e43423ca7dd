import type { IncomingMessage, MessageBus, Subscription } from '../message-bus.ts';
import { Collected } from './message-collecting.ts';

/** An owner that writes down, in order, what it is told. */
export class RecordedOwner {
  readonly held = new Set<number>();
  readonly entries: IncomingMessage[] = [];
  readonly changes = new Collected();
  readonly work = new Collected();
  /** Messages given for a partition that it was not, or no more, said to hold. */
  readonly strays: IncomingMessage[] = [];
  /** So many assignments are still to be rejected. */
  refusals = 0;

  join(
    bus: MessageBus,
    names: { readonly group: string; readonly table: string; readonly log: string },
  ): Promise<Subscription> {
    return bus.own({
      group: names.group,
      table: names.table,
      logs: { [names.log]: (messages) => this.#given(this.work, messages) },
      onChange: (messages) => this.#given(this.changes, messages),
      onAssigned: (partition, entries) => {
        this.refusals -= 1;
        if (this.refusals >= 0) return Promise.reject(new Error('Not now'));
        this.held.add(partition);
        this.entries.push(...entries);
        return Promise.resolve();
      },
      onRevoked: (partition) => {
        this.held.delete(partition);
        return Promise.resolve();
      },
    });
  }

  #given(to: Collected, messages: readonly IncomingMessage[]): Promise<void> {
    this.strays.push(...messages.filter(({ partition }) => !this.held.has(partition)));
    return to.onBatch(messages);
  }
}
