import type { Connector } from '@crier/connector';
import type { Capabilities } from '@crier/contracts';

/** What others learn of a channel. Whoever registers its bots without knowing its connector makes up their secrets. */
export const announcedOf = ({ capabilities, ownSecrets }: Connector): Capabilities =>
  ownSecrets.length === 0 ? capabilities : { ...capabilities, ownSecrets };
