import type { BroadcastRow } from '../api/types.ts';
import { AnchorLink } from '../ui/links.tsx';

/** The name of a broadcast; leads to its report or, of a draft, to the wizard. */
export const BroadcastLink = ({ id, name, status }: BroadcastRow) => (
  <AnchorLink
    to={status === 'draft' ? '/broadcasts/$broadcastId/edit' : '/broadcasts/$broadcastId'}
    params={{ broadcastId: id }}
  >
    {name}
  </AnchorLink>
);
