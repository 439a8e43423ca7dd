import type { Contact } from '@crier/contracts';
import type { Instant } from '@crier/kernel';

const later = (known: Instant | undefined, at: Instant): Instant =>
  known !== undefined && known >= at ? known : at;

/** A contact after an action at one bot; the same object where a later one is known already. */
export const touched = (contact: Contact, botId: string, at: Instant): Contact => {
  const isNews = contact.connections.some(
    (one) => one.botId === botId && later(one.activeAt, at) !== one.activeAt,
  );
  if (!isNews) return contact;
  return {
    ...contact,
    lastActiveAt: later(contact.lastActiveAt, at),
    connections: contact.connections.map((one) =>
      one.botId === botId ? { ...one, activeAt: later(one.activeAt, at) } : one,
    ),
  };
};
