import { answered } from '../api/answered.ts';
import { client } from '../api/client.ts';
import type { BroadcastRow, BroadcastStatus } from '../api/types.ts';

/** What an operator can do with a broadcast from its row. */
export type Act =
  | 'hold'
  | 'resume'
  | 'stop'
  | 'unschedule'
  | 'retryFailed'
  | 'retryUnconfirmed'
  | 'copy'
  | 'rename'
  | 'delete';

const ALWAYS = ['copy', 'rename'] as const;
const ENDED = ['retryFailed', 'retryUnconfirmed', ...ALWAYS, 'delete'] as const;

/** What makes sense to offer. Whether it is allowed says the API alone. */
const OFFERED: Readonly<Record<BroadcastStatus, readonly Act[]>> = {
  draft: [...ALWAYS, 'delete'],
  scheduled: ['unschedule', ...ALWAYS, 'delete'],
  preparing: ['hold', 'stop', ...ALWAYS],
  sending: ['hold', 'stop', ...ALWAYS],
  held: ['resume', 'stop', ...ALWAYS],
  sent: ENDED,
  stopped: ENDED,
  deleted: [],
};

/** Acts that would change nothing at the moment. */
const isIdle = (act: Act, { failed, unconfirmed }: BroadcastRow): boolean =>
  (act === 'retryFailed' && failed === 0) || (act === 'retryUnconfirmed' && unconfirmed === 0);

export const actsFor = (row: BroadcastRow): readonly Act[] =>
  OFFERED[row.status].filter((act) => !isIdle(act, row));

/** Acts whose name is written by whoever does them. */
export const takesName = (act: Act): boolean => act === 'copy' || act === 'rename';

type Perform = (id: string, name: string) => Promise<BroadcastRow | undefined>;

const at = (id: string) => ({ params: { path: { id } } }) as const;
const retry =
  (what: 'failed' | 'unconfirmed'): Perform =>
  (id) =>
    answered(client.POST('/v1/broadcasts/{id}/retry', { ...at(id), body: { what } }));

const PERFORM: Readonly<Record<Act, Perform>> = {
  hold: (id) => answered(client.POST('/v1/broadcasts/{id}/hold', at(id))),
  resume: (id) => answered(client.POST('/v1/broadcasts/{id}/resume', at(id))),
  stop: (id) => answered(client.POST('/v1/broadcasts/{id}/stop', at(id))),
  unschedule: (id) => answered(client.POST('/v1/broadcasts/{id}/unschedule', at(id))),
  retryFailed: retry('failed'),
  retryUnconfirmed: retry('unconfirmed'),
  copy: (id, name) =>
    answered(client.POST('/v1/broadcasts/{id}/copy', { ...at(id), body: { name } })),
  rename: (id, name) =>
    answered(client.PATCH('/v1/broadcasts/{id}', { ...at(id), body: { name } })),
  delete: async (id) => {
    await answered(client.DELETE('/v1/broadcasts/{id}', at(id)));
    return undefined;
  },
};

/** Does it. Gives the row as it is then: of a copy, the new one; undefined where nothing is left. Throws problems. */
export const perform = (act: Act, id: string, name: string): Promise<BroadcastRow | undefined> =>
  PERFORM[act](id, name);

type Fact = 'has' | 'waits' | 'goesOn' | 'lost' | 'again';

const FACTS: Readonly<Partial<Record<Act, readonly (readonly [Fact, keyof BroadcastRow])[]>>> = {
  hold: [
    ['has', 'sent'],
    ['waits', 'waiting'],
  ],
  resume: [
    ['has', 'sent'],
    ['goesOn', 'waiting'],
  ],
  stop: [
    ['has', 'sent'],
    ['lost', 'waiting'],
  ],
  retryFailed: [
    ['has', 'sent'],
    ['again', 'failed'],
  ],
  retryUnconfirmed: [
    ['has', 'sent'],
    ['again', 'unconfirmed'],
  ],
  delete: [['has', 'sent']],
};

/** What an act means, in numbers of people as they are at the moment. */
export const factsOf = (act: Act, row: BroadcastRow): readonly (readonly [Fact, number])[] =>
  (FACTS[act] ?? []).map(([fact, column]) => [fact, Number(row[column])]);
