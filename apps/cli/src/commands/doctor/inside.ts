import { ServerRefused } from '../../api/problem.ts';
import type { Bot, ChannelShown, ProjectionShown } from '../../api/shapes.ts';
import { VERSION } from '../../version.ts';
import { moment } from '../../show/words.ts';
import type { Context } from '../context.ts';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

/** The version of the HTTP API that this client speaks. */
const API_VERSION = '1';

/** What a token of another role may not see is no fault of the server. */
const looked = async (
  what: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> => {
  try {
    return await look();
  } catch (error) {
    if (error instanceof ServerRefused && error.document.status === 403)
      return [doubtful(what, 'not seen: this token may not', 'Look again with an admin token.')];
    return [wrong(what, (error as Error).message, 'The log of the server says why.')];
  }
};

const versions = async ({ api }: Context): Promise<readonly Finding[]> => {
  const { info } = await api.get<{ readonly info?: { readonly version?: string } }>(
    '/v1/openapi.json',
  );
  const there = info?.version ?? 'unknown';
  const says = `crier ${VERSION} here, API ${there} there`;
  return there.split('.')[0] === API_VERSION
    ? [fine('versions', says)]
    : [doubtful('versions', says, 'Build the CLI of the release that runs.')];
};

/** Read models that are behind one another are behind. */
const readModels = async ({ api }: Context): Promise<readonly Finding[]> => {
  const { items } = await api.get<{ readonly items: readonly ProjectionShown[] }>(
    '/v1/admin/projections',
  );
  const newest = items
    .map(({ recordedAt }) => recordedAt ?? '')
    .reduce((a, b) => (a > b ? a : b), '');
  return items.map(({ projection, version, recordedAt, rebuilding }) => {
    const what = `read model ${projection} v${version}`;
    const says = recordedAt === null ? 'nothing folded yet' : `as of ${moment(recordedAt)}`;
    const lagMs = newest === '' ? 0 : Date.parse(newest) - Date.parse(recordedAt ?? newest);
    if (rebuilding) return doubtful(what, `${says}, rebuilding`, 'Wait for the rebuild to end.');
    if (lagMs > 10_000)
      return doubtful(
        what,
        `${says}, ${Math.round(lagMs / 1_000)} s behind the others`,
        'Wait; if it does not catch up, see the log.',
      );
    return fine(what, says);
  });
};

const channels = async ({ api }: Context): Promise<readonly Finding[]> => {
  const known = await api.get<{ readonly items: readonly ChannelShown[] }>('/v1/channels');
  const bots = await api.get<{ readonly items: readonly Bot[] }>('/v1/bots');
  const needed = new Set(bots.items.map(({ channel }) => channel));
  const silent = [...needed].filter(
    (name) => !known.items.some(({ channel, alive }) => channel === name && alive),
  );
  const alive = known.items.filter((one) => one.alive);
  return [
    ...alive.map(({ channel, instances, capabilities }) =>
      fine(`channel ${channel}`, `announced (${instances} running, ${capabilities.version})`),
    ),
    ...silent.map((channel) =>
      wrong(
        `channel ${channel}`,
        'has bots, but nobody sends for it',
        `Start dispatcher-${channel}.`,
      ),
    ),
    needed.size === 0
      ? doubtful('bots', 'there are none', 'Register one: PUT /v1/bots/<id>.')
      : fine('bots', `${bots.items.length} registered`),
  ];
};

/** What the server says about itself. */
export const insideFindings = async (context: Context): Promise<readonly Finding[]> => [
  ...(await looked('versions', () => versions(context))),
  ...(await looked('read models', () => readModels(context))),
  ...(await looked('channels', () => channels(context))),
];
