import { isDeepStrictEqual } from 'node:util';
import { crier } from './crier.ts';
import type { Figures } from './figures.ts';
import { addressesOf, recipientsOf, type Recipient } from './outcomes.ts';
import type { Entry } from './sandbox-api.ts';
import { botToken, type Row, type Stage } from './stage.ts';

export interface Expected {
  readonly name: string;
  readonly id: string;
  readonly planned: number;
  /** The content hashes of its messages at the sandbox: one for each part. */
  readonly hashes: readonly string[];
  /** So many recipients may be in doubt because the process was killed. */
  readonly mostSilent: number;
}

type Sums = Pick<Row, 'planned' | 'sent' | 'failed' | 'skipped' | 'unconfirmed' | 'waiting'>;
const NAMES = ['sent', 'failed', 'skipped', 'unconfirmed', 'waiting'] as const;

const addsUp = (sums: Sums): boolean =>
  NAMES.reduce((total, name) => total + sums[name], 0) === sums.planned;

const sumOf = (parts: readonly Sums[], name: keyof Sums): number =>
  parts.reduce((total, part) => total + part[name], 0);

const placeOf = (token: string, chat: number): string => `${token}/${chat}`;

/** What the sandbox accepted of one broadcast: place → how often each part. */
const acceptedOf = (
  record: readonly Entry[],
  hashes: readonly string[],
): ReadonlyMap<string, ReadonlyMap<string, number>> => {
  const accepted = new Map<string, Map<string, number>>();
  for (const { bot, chat, accepted: isAccepted, contentHash } of record) {
    if (!isAccepted || !hashes.includes(contentHash)) continue;
    const place = placeOf(bot, chat);
    const parts = accepted.get(place) ?? new Map<string, number>();
    parts.set(contentHash, (parts.get(contentHash) ?? 0) + 1);
    accepted.set(place, parts);
  }
  return accepted;
};

/** Everything that has to hold of a finished broadcast, against what the other side wrote down. */
export const checkBroadcast = async (
  stage: Stage,
  figures: Figures,
  expected: Expected,
): Promise<void> => {
  const { name, id, planned, hashes, mostSilent } = expected;
  const { api } = stage;
  const report = await api.get<{
    row: Row;
    lanes: readonly Sums[];
    reasons: Record<string, Record<string, number>>;
  }>(`/v1/broadcasts/${id}/report`);
  const recipients = await recipientsOf(api, id);
  const addresses = await addressesOf(api);
  const record = await stage.sandbox.record();
  const accepted = acceptedOf(record, hashes);
  const { row, lanes } = report;
  const by = (outcome: string): readonly Recipient[] =>
    recipients.filter((one) => one.outcome === outcome);
  const place = ({ botId, contactId }: Recipient): string =>
    placeOf(botToken(botId), addresses.get(contactId)?.get(botId) ?? -1);
  const isFull = (one: Recipient): boolean => accepted.get(place(one))?.size === hashes.length;

  figures.note(
    `${name}: row`,
    `planned ${row.planned} = sent ${row.sent} + failed ${row.failed} + skipped ${row.skipped} + unconfirmed ${row.unconfirmed} + waiting ${row.waiting}`,
  );
  figures.note(`${name}: reasons`, JSON.stringify(report.reasons));
  figures.claim(`${name}: planned as many as fit the filter`, row.planned === planned, row.planned);
  figures.claim(`${name}: nothing waits`, row.waiting === 0, row.waiting);
  figures.claim(`${name}: the row adds up`, addsUp(row), row.planned);
  figures.claim(`${name}: every lane adds up`, lanes.every(addsUp), lanes.length);
  for (const each of ['planned', ...NAMES] as const)
    figures.claim(`${name}: row = lanes, ${each}`, sumOf(lanes, each) === row[each], row[each]);
  for (const each of NAMES)
    figures.claim(
      `${name}: row = recipients, ${each}`,
      by(each).length === row[each],
      by(each).length,
    );
  const people = new Set(recipients.map(({ contactId }) => contactId));
  figures.claim(
    `${name}: one place for each person`,
    people.size === recipients.length,
    people.size,
  );

  const twice = [...accepted.values()].filter((parts) => [...parts.values()].some((n) => n > 1));
  figures.claim(`${name}: nobody got it twice`, twice.length === 0, twice.length);
  const lost = by('sent').filter((one) => !isFull(one));
  figures.claim(`${name}: sent ⊆ accepted`, lost.length === 0, lost.length);
  const confirmed = new Set([...by('sent'), ...by('unconfirmed')].map(place));
  const untold = [...accepted.entries()].filter(
    ([at, parts]) => !confirmed.has(at) && parts.size === hashes.length,
  );
  figures.claim(`${name}: accepted ⊆ sent ∪ unconfirmed`, untold.length === 0, untold.length);
  const planOf = new Set(recipients.map(place));
  const strangers = [...accepted.keys()].filter((at) => !planOf.has(at));
  figures.claim(
    `${name}: nobody outside the audience got it`,
    strangers.length === 0,
    strangers.length,
  );
  const silent = by('unconfirmed').filter(({ reason }) => reason === 'silent');
  figures.claim(
    `${name}: in doubt after kills (≤ ${mostSilent})`,
    silent.length <= mostSilent,
    silent.length,
  );
  const asked = new Set(
    record
      .filter(({ contentHash }) => hashes.includes(contentHash))
      .map(({ bot, chat }) => placeOf(bot, chat)),
  );
  const open = silent.filter((one) => asked.has(place(one)));
  figures.note(`${name}: of them requests under way at a kill`, open.length);
  figures.note(`${name}: of them got it`, silent.filter(isFull).length);
};

/** The documents as they are, for comparing them with themselves after a rebuild. */
const documentsOf = async (stage: Stage): Promise<ReadonlyMap<string, unknown>> => {
  const { api } = stage;
  const { items } = await api.get<{ items: readonly Row[] }>('/v1/broadcasts?limit=200');
  const documents = new Map<string, unknown>([['list', items]]);
  for (const { id } of items) {
    documents.set(`report ${id}`, await api.get(`/v1/broadcasts/${id}/report`));
    documents.set(`recipients ${id}`, await recipientsOf(api, id));
  }
  return documents;
};

/** A rebuild gives the same documents, and an independent fold of the events agrees with them. */
export const checkReadModels = async (stage: Stage, figures: Figures): Promise<void> => {
  const before = await documentsOf(stage);
  const rebuilt = await crier(stage, ['rebuild']);
  figures.claim('crier rebuild', rebuilt.code === 0, rebuilt.out.trim());
  const after = await documentsOf(stage);
  const changed = [...before.keys()].filter(
    (key) => !isDeepStrictEqual(before.get(key), after.get(key)),
  );
  figures.claim(
    'read models after a rebuild are equal',
    changed.length === 0,
    changed.join(', ') || before.size,
  );
  const verified = await crier(stage, ['verify']);
  figures.claim('crier verify', verified.code === 0, verified.code === 0 ? 'green' : verified.out);
};
