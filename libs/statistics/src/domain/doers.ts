import type { Behaviour } from '@crier/contracts';
import type { Instant } from '@crier/kernel';
import type { PackedContacts } from './packed-contacts.ts';
import type { RecipientPage } from './recipient-page.ts';
import type { ReceiptTally } from './tallies.ts';

const DAY_MS = 86_400_000;
const ID_LENGTH = 16;

const idsOf = (packed: PackedContacts): readonly string[] => {
  if (typeof packed === 'string') return JSON.parse(packed) as readonly string[];
  const { buffer, byteOffset, byteLength } = packed;
  // Twelve bytes are sixteen characters exactly, so that the text of all is the texts of each.
  const text = Buffer.from(buffer, byteOffset, byteLength).toString('base64url');
  return Array.from({ length: text.length / ID_LENGTH }, (_, slot) =>
    text.slice(slot * ID_LENGTH, (slot + 1) * ID_LENGTH),
  );
};

const meets =
  ({ did, button }: Behaviour) =>
  (tally: ReceiptTally): boolean =>
    tally.kind === did && (button === undefined || tally.button === button);

/** Who of a page's people did it. */
export const doersIn = (
  asked: Behaviour,
  page: RecipientPage,
  contacts: PackedContacts,
): readonly string[] => {
  const ids = idsOf(contacts);
  if (asked.did === 'sent' && page.counts.sent === page.size) return ids;
  if (asked.did === 'sent')
    return ids.filter((_, slot) => page.place(page.from + slot).outcome === 'sent');
  const { receipts } = page.columns;
  const isMeant = meets(asked);
  return ids.filter((_, slot) => receipts.get(slot)?.some(isMeant) === true);
};

/** The moment from which broadcasts are of the last days. */
export const firstDayOf = (lastDays: number, now: Instant): Instant =>
  new Date(Date.parse(now) - lastDays * DAY_MS).toISOString();
