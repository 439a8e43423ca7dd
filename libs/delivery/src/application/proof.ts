import type { Connector } from '@crier/connector';
import { freshId, NO_STREAM, type Clock, type EventStore } from '@crier/kernel';
import { contentOf } from '../domain/broadcast-view.ts';
import { LaneFold } from '../domain/lane-fold.ts';
import { decideTurn, type Proof } from '../domain/turn.ts';
import { readLanePlan } from './audience-plan.ts';
import { LaneStore } from './lane-store.ts';

export interface ProofDeps {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly connector: Connector;
  readonly actor: string;
}

/**
 * Receipts of a lane that nobody sends for any more: whoever is unconfirmed there was sent, where the message has one part. Done
 * by the bot's owner, at an exact revision like every other turn.
 */
export const proveClosedLane = async (
  deps: ProofDeps,
  place: { readonly broadcastId: string; readonly lane: number },
  proofs: readonly Proof[],
): Promise<void> => {
  const lane = new LaneStore(deps.store, deps.clock, { ...place, actor: deps.actor });
  const newest = await deps.store.last(lane.stream);
  if (!newest || newest.revision === NO_STREAM) return;
  const { planned } = await readLanePlan(deps.store, place.broadcastId, place.lane);
  const fold = new LaneFold(planned);
  const epoch = freshId();
  do {
    await lane.catchUp(fold, () => undefined);
    const proven = proofs.filter(
      ({ index }) => index < planned && fold.state(index) === 'unconfirmed',
    );
    if (proven.length === 0 || (await partsOf(deps.connector, lane, fold)) !== 1) return;
    const events = decideTurn(fold, {
      epoch,
      proven,
      attempts: [],
      silent: [],
      reopenable: () => false,
      owner: false,
      sending: false,
      stopped: false,
      open: [],
      contentRevision: 0,
      skip: [],
      orders: [],
    });
    if (events.length === 0 || (await lane.append(fold, epoch, events))) return;
  } while (fold.revision >= 0);
};

/** The receipt of a part proves that part only. */
const partsOf = async (
  connector: Connector,
  lane: LaneStore,
  { assets }: LaneFold,
): Promise<number> =>
  connector.compile(contentOf(await lane.broadcast(), connector.channel), assets).parts;
