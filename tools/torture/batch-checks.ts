import type { Figures } from './figures.ts';
import { recipientsOf, type Recipient } from './outcomes.ts';
import type { Row, Stage } from './stage.ts';
import type { Noted } from './stand-in.ts';

/** A broadcast on one channel that is over, and what has to hold of it. */
export interface Finished {
  readonly name: string;
  readonly id: string;
  readonly planned: number;
  /** What the messenger wrote down meanwhile. */
  readonly record: readonly Noted[];
  /** So many recipients may be in doubt because the process was killed. */
  readonly mostSilent: number;
  /** A lost request is made again with its key: whoever got it is told. */
  readonly isKeyed: boolean;
}

const NAMES = ['sent', 'failed', 'skipped', 'unconfirmed', 'waiting'] as const;

/** Contact id → address at this bot. */
export const addressesAt = async (
  { api }: Stage,
  botId: string,
): Promise<ReadonlyMap<string, string>> => {
  const text = await api.text('/v1/exports/contacts?format=ndjson');
  const contacts = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { id: string; connections: readonly Connection[] });
  return new Map(
    contacts.flatMap(({ id, connections }) =>
      connections.flatMap((one) => (one.botId === botId ? [[id, one.address] as const] : [])),
    ),
  );
};

interface Connection {
  readonly botId: string;
  readonly address: string;
}

/** Address → how often a message was accepted for it, whatever it said. */
const acceptedIn = (record: readonly Noted[]): ReadonlyMap<string, number> => {
  const accepted = new Map<string, number>();
  for (const { chat, accepted: isAccepted } of record)
    if (isAccepted) accepted.set(String(chat), (accepted.get(String(chat)) ?? 0) + 1);
  return accepted;
};

/** Everything that has to hold of it, against what the other side wrote down. */
export const checkBatches = async (
  stage: Stage,
  figures: Figures,
  { addresses, ...finished }: Finished & { readonly addresses: ReadonlyMap<string, string> },
): Promise<void> => {
  const { name, id, planned, record, mostSilent, isKeyed } = finished;
  const row = await stage.row(id);
  const recipients = await recipientsOf(stage.api, id);
  const accepted = acceptedIn(record);
  const asked = new Set(record.map(({ chat }) => String(chat)));
  const by = (outcome: Recipient['outcome']) => recipients.filter((one) => one.outcome === outcome);
  const address = ({ contactId }: Recipient): string => addresses.get(contactId) ?? '';
  const claimNone = (what: string, wrong: readonly unknown[]): void => {
    figures.claim(`${name}: ${what}`, wrong.length === 0, wrong.length);
  };

  figures.note(
    `${name}: row`,
    `planned ${row.planned} = sent ${row.sent} + failed ${row.failed} + skipped ${row.skipped} + unconfirmed ${row.unconfirmed} + waiting ${row.waiting}`,
  );
  figures.claim(`${name}: planned as many as fit the filter`, row.planned === planned, row.planned);
  figures.claim(`${name}: nothing waits`, row.waiting === 0, row.waiting);
  figures.claim(`${name}: the row adds up`, addsUp(row), row.planned);
  claimNone(
    'row = recipients',
    NAMES.filter((each) => by(each).length !== row[each]),
  );
  const people = new Set(recipients.map(({ contactId }) => contactId));
  figures.claim(`${name}: one place for each person`, people.size === row.planned, people.size);

  claimNone(
    'nobody got it twice',
    [...accepted.values()].filter((times) => times > 1),
  );
  claimNone(
    'sent ⊆ accepted',
    by('sent').filter((one) => !accepted.has(address(one))),
  );
  const confirmed = new Set([...by('sent'), ...by('unconfirmed')].map(address));
  claimNone(
    'accepted ⊆ sent ∪ unconfirmed',
    [...accepted.keys()].filter((at) => !confirmed.has(at)),
  );
  const plan = new Set(recipients.map(address));
  claimNone(
    'nobody outside the audience got it',
    [...accepted.keys()].filter((at) => !plan.has(at)),
  );
  if (isKeyed) {
    const unconfirmed = by('unconfirmed').map(address);
    claimNone(
      'nobody who got it is unconfirmed',
      unconfirmed.filter((at) => accepted.has(at)),
    );
    claimNone(
      'who is unconfirmed was asked, and got nothing',
      unconfirmed.filter((at) => !asked.has(at)),
    );
    return;
  }
  const silent = by('unconfirmed').filter(({ reason }) => reason === 'silent');
  figures.claim(
    `${name}: in doubt after kills (≤ ${mostSilent})`,
    silent.length <= mostSilent,
    silent.length,
  );
  const got = silent.filter((one) => accepted.has(address(one)));
  figures.note(`${name}: of them got it`, got.length);
};

const addsUp = (row: Row): boolean =>
  NAMES.reduce((total, each) => total + row[each], 0) === row.planned;
