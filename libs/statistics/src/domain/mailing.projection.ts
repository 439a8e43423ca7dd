import type { AudienceEvent } from '@crier/contracts';
import type { Handlers, Projection } from '@crier/kernel';
import { lifeHandlers } from './mailing-life.ts';
import { laneHandlers } from './mailing-lanes.ts';
import type { MailingEvent } from './mailing-events.ts';
import { orderHandlers } from './mailing-orders.ts';
import { existing, reactionHandlers } from './mailing-reactions.ts';
import { NO_MAILING, type Mailing } from './mailing.ts';

const audienceHandlers: Handlers<Mailing, Extract<AudienceEvent, { type: 'AudiencePlanned' }>> = {
  AudiencePlanned: (mailing, { event }) => ({
    ...existing(mailing, event.data.broadcastId),
    excluded: event.data.excluded,
  }),
};

/** Row and report of one broadcast in one document. Its lanes, and so its sums, begin with AudienceFrozen. */
export const mailingProjection: Projection<Mailing, MailingEvent> = {
  name: 'mailing',
  version: 3,
  initial: NO_MAILING,
  keyOf: ({ event }) => event.data.broadcastId,
  on: {
    ...lifeHandlers,
    ...audienceHandlers,
    ...laneHandlers,
    ...reactionHandlers,
    ...orderHandlers,
  },
};
