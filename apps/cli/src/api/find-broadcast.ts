import { Refused, WrongUsage } from '../faults.ts';
import type { Api } from './api.ts';
import { ServerRefused } from './problem.ts';
import type { Page, Row } from './shapes.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PREFIX = /^[0-9a-f][0-9a-f-]*$/i;
const SHOWN = 10;

/** Every broadcast of a query, page by page. */
export async function* allBroadcasts(api: Api, query: Readonly<Record<string, string>> = {}) {
  let after: string | undefined;
  do {
    const parameters = new URLSearchParams({
      sort: '-createdAt',
      limit: '200',
      ...query,
      ...(after === undefined ? {} : { after }),
    });
    const page: Page<Row> = await api.get(`/v1/broadcasts?${parameters.toString()}`);
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

const byId = async (api: Api, id: string): Promise<Row | undefined> =>
  api.get<Row>(`/v1/broadcasts/${id.toLowerCase()}`).catch((error: unknown) => {
    if (error instanceof ServerRefused && error.document.status === 404) return undefined;
    throw error;
  });

const named = async (api: Api, name: string): Promise<readonly Row[]> => {
  const found: Row[] = [];
  const wanted = name.trim().toLowerCase();
  for await (const row of allBroadcasts(api, { name: name.trim() }))
    if (row.name.trim().toLowerCase() === wanted) found.push(row);
  return found;
};

const beginning = async (api: Api, prefix: string): Promise<readonly Row[]> => {
  if (!PREFIX.test(prefix)) return [];
  const found: Row[] = [];
  for await (const row of allBroadcasts(api))
    if (row.id.startsWith(prefix.toLowerCase())) found.push(row);
  return found;
};

/**
 * The broadcast that a person means: by its id, the beginning of its id, or its name in any case.
 * @throws WrongUsage listing the matches when there are several; Refused when there is none
 */
export const findBroadcast = async (api: Api, meant: string): Promise<Row> => {
  const exact = UUID.test(meant) ? await byId(api, meant) : undefined;
  if (exact) return exact;
  const matches = [...(await named(api, meant)), ...(await beginning(api, meant))];
  const unique = [...new Map(matches.map((row) => [row.id, row])).values()];
  const [only] = unique;
  if (only === undefined)
    throw new Refused(`There is no broadcast "${meant}".`, ['`crier list` shows what there is.']);
  if (unique.length === 1) return only;
  const shown = unique.slice(0, SHOWN).map(({ id, status, name }) => `${id}  ${status}  ${name}`);
  const more = unique.length > SHOWN ? [`… and ${unique.length - SHOWN} more`] : [];
  throw new WrongUsage(`"${meant}" means ${unique.length} broadcasts; name one by its id:`, [
    ...shown,
    ...more,
  ]);
};
