import {
  applyChange,
  parseContactChange,
  type ChangeContext,
  type ContactChange,
  type Upserted,
} from '@crier/audience';
import type { Channel } from '@crier/contracts';
import { opaqueId, type Instant } from '@crier/kernel';
import type { ContactCollection } from './contact-collection.ts';
import { keysOf, type ContactDocument } from './contact-document.ts';
import { beforeAttempt, writeDrafts } from './contact-writes.ts';
import { Drafts } from './drafts.ts';

/** The channel of a registered bot; undefined for an unknown one. */
export type ChannelOf = (botId: string) => Channel | undefined | Promise<Channel | undefined>;

/** A sound change and its place in the batch. */
interface Asked {
  readonly index: number;
  readonly change: ContactChange;
}

interface Answer {
  readonly answer: Upserted;
  /** Whose state the answer follows from. */
  readonly seen: readonly string[];
}

/** Changes of one call, up to some hundred at once: one reading and one writing, and more only for what others changed meanwhile. */
export class BatchUpsert {
  readonly #contacts: ContactCollection;
  readonly #channelOf: ChannelOf;
  readonly #now: Instant;

  constructor(contacts: ContactCollection, world: { channelOf: ChannelOf; now: Instant }) {
    this.#contacts = contacts;
    this.#channelOf = world.channelOf;
    this.#now = world.now;
  }

  async run(changes: readonly ContactChange[]): Promise<readonly Upserted[]> {
    const answers = new Map<number, Upserted>();
    let open: readonly Asked[] = changes.flatMap((change, index) => {
      const parsed = parseContactChange(change);
      if (parsed.ok) return [{ index, change: parsed.value }];
      answers.set(index, parsed);
      return [];
    });
    for (let attempt = 0; open.length > 0; attempt += 1) {
      await beforeAttempt(attempt);
      open = await this.#attempt(open, answers);
    }
    return changes.flatMap((_, index) => answers.get(index) ?? []);
  }

  /** Answers what it can; the rest is to be decided anew. */
  async #attempt(
    open: readonly Asked[],
    answers: Map<number, Upserted>,
  ): Promise<readonly Asked[]> {
    const [documents, channels] = await Promise.all([this.#meant(open), this.#channels(open)]);
    const drafts = new Drafts(documents);
    const decided = open.map((asked) => ({
      asked,
      ...decide(drafts, asked.change, { now: this.#now, channelOf: (id) => channels.get(id) }),
    }));
    const failed = await writeDrafts(this.#contacts, drafts.changed());
    const isOver = ({ seen }: Answer): boolean => !seen.some((id) => failed.has(id));
    for (const one of decided) if (isOver(one)) answers.set(one.asked.index, one.answer);
    return decided.filter((one) => !isOver(one)).map(({ asked }) => asked);
  }

  /** Everybody that the changes may mean. Two questions side by side, because an "or" of both is not answered from an index everywhere. */
  async #meant(open: readonly Asked[]): Promise<readonly ContactDocument[]> {
    const ids = [...new Set(open.flatMap(({ change }) => change.id ?? []))];
    const keys = [...new Set(open.flatMap(({ change }) => keysOf(change)))];
    const [byId, byKey] = await Promise.all([
      ids.length === 0 ? [] : this.#contacts.find({ _id: { $in: ids } }).toArray(),
      keys.length === 0 ? [] : this.#contacts.find({ keys: { $in: keys } }).toArray(),
    ]);
    return [...new Map([...byId, ...byKey].map((one) => [one._id, one])).values()];
  }

  async #channels(open: readonly Asked[]): Promise<ReadonlyMap<string, Channel | undefined>> {
    const bots = new Set(
      open.flatMap(({ change }) => (change.connections ?? []).map(({ botId }) => botId)),
    );
    return new Map(
      await Promise.all(
        [...bots].map(async (botId) => [botId, await this.#channelOf(botId)] as const),
      ),
    );
  }
}

const decide = (
  drafts: Drafts,
  change: ContactChange,
  world: Omit<ChangeContext, 'freshId'>,
): Answer => {
  const { contact, refusal, seen } = drafts.meant(change);
  if (refusal) return { answer: refusal, seen };
  const applied = applyChange(contact, change, { ...world, freshId: opaqueId() });
  if (!applied.ok) return { answer: applied, seen };
  const { id } = applied.value;
  drafts.put(applied.value);
  return { answer: { ok: true, id, created: contact === undefined }, seen: [...seen, id] };
};
