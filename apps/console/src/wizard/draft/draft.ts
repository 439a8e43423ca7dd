import { problemOf, type Fault } from '../../api/problem.ts';
import type { Broadcast } from '../../api/types.ts';
import { PARTS, partsOf, type DraftParts, type DraftStore, type Part } from './draft-parts.ts';
import { keptEdits } from './kept-edits.ts';

export interface DraftState {
  readonly parts: DraftParts;
  readonly revision: number;
  /** Parts that differ from what the server has. */
  readonly unsaved: readonly Part[];
  readonly isSaving: boolean;
  /** Why a part could not be saved as it is. */
  readonly errors: Partial<Readonly<Record<Part, unknown>>>;
  /** What can be sent and would be better done otherwise, as of the last save of the message. */
  readonly warnings: readonly Fault[];
  /** What somebody else made of parts that are being edited here: a person has to choose. */
  readonly theirs: Broadcast | undefined;
}

interface DraftDeps {
  readonly broadcast: Broadcast;
  readonly store: DraftStore;
}

const PAUSE_MS = 700;
const LONG_PAUSE_MS = 4_000;
const AGAIN_MS = 5_000;
const TRIES = 10;
const TRY_MS = 300;

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

const isPassing = (error: unknown): boolean => (problemOf(error)?.status ?? 503) >= 500;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * One draft under edit. Saves itself a moment after the last change, one part at a time, each on the revision that it was made
 * on; never over somebody else's change to the same part.
 */
export class Draft {
  readonly id: string;
  readonly #store: DraftStore;
  readonly #listeners = new Set<() => void>();
  #base: DraftParts;
  #state: DraftState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor({ broadcast, store }: DraftDeps) {
    this.id = broadcast.id;
    this.#store = store;
    this.#base = partsOf(broadcast);
    this.#state = {
      parts: this.#base,
      revision: broadcast.revision,
      unsaved: [],
      isSaving: false,
      errors: {},
      warnings: [],
      theirs: undefined,
    };
    this.#restore(broadcast);
  }

  get = (): DraftState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** What is `unfinished` gets more time, so that nobody is told of a fault while they mend it. */
  change<P extends Part>(part: P, value: DraftParts[P], { unfinished = false } = {}): void {
    const { parts, unsaved } = this.#state;
    this.#set({
      parts: { ...parts, [part]: value },
      unsaved: unsaved.includes(part) ? unsaved : [...unsaved, part],
    });
    this.#keep();
    this.#saveIn(unfinished ? LONG_PAUSE_MS : PAUSE_MS);
  }

  /** Saves what is not saved. Resolves when that is done, or cannot be done: see `unsaved`. */
  flush = (): Promise<void> => {
    clearTimeout(this.#timer);
    this.#running = this.#running.then(() => this.#saveAll());
    return this.#running;
  };

  takeTheirs(): void {
    const { theirs } = this.#state;
    if (theirs) this.#follow(theirs, []);
  }

  overwrite(): void {
    const { theirs, unsaved } = this.#state;
    if (!theirs) return;
    this.#follow(theirs, unsaved);
    void this.flush();
  }

  /** Takes what another act, as an export, made of the draft. */
  async reload(): Promise<void> {
    const found = await this.#newer();
    if (found) this.#follow(found, this.#state.unsaved);
  }

  async #saveAll(): Promise<void> {
    this.#set({ isSaving: true });
    for (const part of PARTS)
      if (this.#state.unsaved.includes(part) && !this.#state.theirs) await this.#save(part);
    this.#set({ isSaving: false });
    this.#keep();
  }

  async #save(part: Part): Promise<void> {
    const { parts, revision } = this.#state;
    const { data, ...refused } = await this.#store.save(part, parts, revision);
    if (data) {
      this.#saved(part, parts, data);
      return;
    }
    const error = 'error' in refused ? refused.error : undefined;
    if (problemOf(error)?.code === 'REVISION_MISMATCH') return this.#meet(part);
    this.#set({ errors: { ...this.#state.errors, [part]: error } });
    if (isPassing(error)) this.#saveIn(AGAIN_MS);
  }

  #saved(
    part: Part,
    sent: DraftParts,
    { revision, warnings }: { readonly revision: number; readonly warnings?: readonly Fault[] },
  ): void {
    const { parts, unsaved, errors } = this.#state;
    this.#base = { ...this.#base, [part]: sent[part] };
    this.#set({
      revision,
      unsaved: parts[part] === sent[part] ? unsaved.filter((one) => one !== part) : unsaved,
      errors: { ...errors, [part]: undefined },
      ...(warnings ? { warnings } : {}),
    });
  }

  /** Somebody made a newer revision: go on upon it, unless they changed what is being edited here. */
  async #meet(part: Part): Promise<void> {
    const theirs = await this.#newer();
    if (!theirs) {
      this.#saveIn(AGAIN_MS);
      return;
    }
    const { unsaved } = this.#state;
    const changed = partsOf(theirs);
    const isContested = unsaved.some((one) => !isSame(changed[one], this.#base[one]));
    if (isContested) {
      this.#set({ theirs });
      return;
    }
    this.#follow(theirs, unsaved);
    await this.#save(part);
  }

  /** What others made may be some moments away from being readable. */
  async #newer(): Promise<Broadcast | undefined> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const found = await this.#store.load().catch(() => undefined);
      if (found && found.revision > this.#state.revision) return found;
      await pause(TRY_MS);
    }
    return undefined;
  }

  /** Goes on upon a newer revision, with these parts as they are edited here. */
  #follow(broadcast: Broadcast, own: readonly Part[]): void {
    const { parts } = this.#state;
    this.#base = partsOf(broadcast);
    const kept = Object.fromEntries(own.map((part) => [part, parts[part]]));
    this.#set({
      parts: { ...this.#base, ...kept },
      revision: broadcast.revision,
      unsaved: own,
      errors: Object.fromEntries(own.map((part) => [part, this.#state.errors[part]])),
      theirs: undefined,
    });
    this.#keep();
  }

  #restore(broadcast: Broadcast): void {
    const kept = keptEdits.get(this.id);
    if (!kept) return;
    const unsaved = PARTS.filter(
      (part) => part in kept.parts && !isSame(kept.parts[part], this.#base[part]),
    );
    const isContested = unsaved.length > 0 && kept.revision !== broadcast.revision;
    this.#state = {
      ...this.#state,
      parts: { ...this.#base, ...kept.parts },
      unsaved,
      theirs: isContested ? broadcast : undefined,
    };
    if (unsaved.length > 0) this.#saveIn(PAUSE_MS);
  }

  #keep(): void {
    const { unsaved, parts, revision } = this.#state;
    if (unsaved.length === 0) keptEdits.drop(this.id);
    else
      keptEdits.keep(this.id, {
        revision,
        parts: Object.fromEntries(unsaved.map((part) => [part, parts[part]])),
      });
  }

  #saveIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), ms);
  }

  #set(changes: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...changes };
    for (const listener of this.#listeners) listener();
  }
}
