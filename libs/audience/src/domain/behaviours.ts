import type { Audience, Behaviour, Filter } from '@crier/contracts';
import { AppError } from '@crier/kernel';
import type { ContactIds } from './contact-ids.ts';

/** A directory was asked for people by what they did, without being told who did it. */
export class BehaviourUnresolved extends AppError {
  readonly code = 'BEHAVIOUR_UNRESOLVED';
  readonly verdict = 'park';
}

/** The people behind behaviours, each under its {@link behaviourKey}. Plain data, so that it can cross threads. */
export type Doers = Readonly<Record<string, ContactIds>>;

/** An audience as a directory is asked for it: with the people behind each of its behaviour conditions. */
export interface AskedAudience extends Audience {
  readonly doers?: Doers;
}

/** The same text for conditions that mean the same. */
export const behaviourKey = ({ did, button, broadcast, lastDays }: Behaviour): string =>
  JSON.stringify([did, button ?? null, broadcast ?? null, lastDays ?? null]);

/** The behaviours that a filter asks for, each once. */
export const behavioursIn = (filter: Filter): readonly Behaviour[] => [
  ...new Map(listed(filter).map((asked) => [behaviourKey(asked), asked])).values(),
];

const listed = (filter: Filter): readonly Behaviour[] => {
  if ('all' in filter) return filter.all.flatMap(listed);
  if ('any' in filter) return filter.any.flatMap(listed);
  if ('none' in filter) return filter.none.flatMap(listed);
  return 'behaviour' in filter ? [filter.behaviour] : [];
};

/** Who did it. @throws BehaviourUnresolved */
export const doersOf = ({ doers = {} }: AskedAudience, asked: Behaviour): ContactIds => {
  const key = behaviourKey(asked);
  const found = Object.hasOwn(doers, key) ? doers[key] : undefined;
  if (found) return found;
  throw new BehaviourUnresolved('Nobody has looked up who did this', { behaviour: key });
};
