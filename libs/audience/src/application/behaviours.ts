import type { Audience, Behaviour } from '@crier/contracts';
import { comparePositions, type Instant, type Position } from '@crier/kernel';
import {
  behaviourKey,
  behavioursIn,
  type AskedAudience,
  type Doers,
} from '../domain/behaviours.ts';
import type { ContactIds } from '../domain/contact-ids.ts';
import { gathered } from './gathered-ids.ts';

/** Who did what, as the statistics know it. All throw Unavailable. */
export abstract class Behaviours {
  /** Everybody who did it, with days counted back from `now`. */
  abstract of(asked: Behaviour, now: Instant): Promise<ContactIds>;

  /** Whether everything up to this place in the event store is counted. */
  abstract isPast(position: Position): Promise<boolean>;
}

/** What behaviours are read from; the read models of the statistics are one. */
export interface BehaviourSource {
  /** Everybody who did it, in chunks of at most some thousand; one person perhaps several times. */
  whoDid(asked: Behaviour, now: Instant): AsyncIterable<readonly string[]>;
  progress(): Promise<
    readonly { readonly position: Position | undefined; readonly rebuilding: boolean }[]
  >;
}

/** Reads everybody anew for each question, in time that grows with the recipients and in sixteen bytes for each person. */
export class ReadBehaviours extends Behaviours {
  readonly #source: BehaviourSource;

  constructor(source: BehaviourSource) {
    super();
    this.#source = source;
  }

  of(asked: Behaviour, now: Instant): Promise<ContactIds> {
    return gathered(this.#source.whoDid(asked, now));
  }

  async isPast(position: Position): Promise<boolean> {
    const serving = (await this.#source.progress()).find(({ rebuilding }) => !rebuilding);
    return serving?.position !== undefined && comparePositions(serving.position, position) >= 0;
  }
}

/** The audience with the people behind its behaviours, so that a directory can be asked for it. @throws Unavailable */
export const resolved = async (
  behaviours: Behaviours,
  audience: Audience,
  now: Instant,
): Promise<AskedAudience> => {
  const doers: Record<string, Doers[string]> = {};
  // One after another: together they would read the same pages at the same time.
  for (const asked of behavioursIn(audience.filter))
    doers[behaviourKey(asked)] = await behaviours.of(asked, now);
  return Object.keys(doers).length === 0 ? audience : { ...audience, doers };
};
