import type { Figures } from './figures.ts';
import type { Api } from './http.ts';
import { recipientsOf, type Recipient } from './outcomes.ts';
import type { Row, Stage } from './stage.ts';
import type { StormResult } from './storm.ts';

/** A row with what messengers told: people, each once. */
export interface Reacted extends Row {
  readonly delivered: number | null;
  readonly opened: number | null;
}

type Told = Recipient & {
  readonly receipts: readonly { readonly kind: string; readonly count: number }[];
};

/** Row and report count everybody once. */
export const checkSums = async (
  { api }: Stage,
  figures: Figures,
  { id, people }: { readonly id: string; readonly people: number },
): Promise<void> => {
  const { delivered, opened } = await api.get<Reacted>(`/v1/broadcasts/${id}`);
  figures.claim('row: people with delivered', delivered === people, String(delivered));
  figures.claim('row: people with opened', opened === people, String(opened));
  const { row, lanes } = await api.get<{ row: Reacted; lanes: readonly Row[] }>(
    `/v1/broadcasts/${id}/report`,
  );
  const sent = lanes.reduce((sum, lane) => sum + lane.sent, 0);
  const isSame = row.delivered === people && row.opened === people && sent === people;
  figures.claim(
    'report: sent, delivered, opened',
    isSame,
    `${sent}, ${String(row.delivered)}, ${String(row.opened)}`,
  );
};

/**
 * How often a delivery may be noted of somebody. Who is seen to have read before a delivery was told has it at that moment, and
 * the delivery itself is a second receipt of it; what was under way at once may have come in either order.
 */
const allowed = ({ moments: { delivered, seen } }: StormResult, person: number) => {
  const at = (times: Float64Array): number => times[person] ?? Infinity;
  return {
    least: at(seen.until) < at(delivered.from) ? 2 : 1,
    most: at(delivered.until) < at(seen.from) ? 1 : 2,
  };
};

/** Each person's receipts as they were told, none twice. */
export const checkPeople = async (
  figures: Figures,
  {
    api,
    id,
    contacts,
    storm,
  }: {
    readonly api: Api;
    readonly id: string;
    readonly contacts: ReadonlyMap<string, number>;
    readonly storm: StormResult;
  },
): Promise<void> => {
  const recipients = (await recipientsOf(api, id)) as readonly Told[];
  const countOf = ({ receipts }: Told, kind: string): number =>
    receipts.filter((one) => one.kind === kind).reduce((sum, { count }) => sum + count, 0);
  const wrongly = (isRight: (one: Told) => boolean): number =>
    recipients.filter((one) => !isRight(one)).length;
  const openings = wrongly((one) => countOf(one, 'opened') === 1);
  figures.claim('people whose opening is not there once', openings === 0, openings);
  const deliveries = wrongly((one) => {
    const { least, most } = allowed(storm, contacts.get(one.contactId) ?? -1);
    const count = countOf(one, 'delivered');
    return least <= count && count <= most;
  });
  figures.claim('people whose deliveries are not as told', deliveries === 0, deliveries);
  const implied = recipients.filter((one) => countOf(one, 'delivered') === 2).length;
  figures.note('people seen to have read before a delivery was told', implied);
};
