import { broadcastStream } from '@crier/contracts';
import { freshId } from '@crier/kernel';
import type { GatewayWorld } from './gateway-world.ts';
import type { Shown } from './reply.ts';

const metadata = { schemaVersion: 1, correlationId: 'c', causationId: 'c', actor: 'test' };

/** Starts a draft and freezes its audience: so many recipients of the bot `tg`, in one lane. */
export const freeze = async (
  world: GatewayWorld,
  { id, revision }: Pick<Shown, 'id' | 'revision'>,
  planned = 1,
): Promise<void> => {
  const recordedAt = new Date().toISOString();
  const lanes = [{ lane: 0, botId: 'tg', channel: 'telegram', planned }];
  const facts = [
    ['BroadcastScheduled', { start: { mode: 'now' }, instant: recordedAt }],
    ['BroadcastStarted', { startedAt: recordedAt }],
    ['AudienceFrozen', { planned, lanes, excluded: {} }],
  ] as const;
  await world.store.append(
    broadcastStream(id),
    revision,
    facts.map(([type, data]) => ({
      id: freshId(),
      type,
      data: { broadcastId: id, ...data },
      metadata: { ...metadata, recordedAt },
    })),
  );
};
