import { ServerRefused } from '../../api/problem.ts';
import type { Context } from '../context.ts';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

export interface Reached {
  readonly findings: readonly Finding[];
  readonly isReached: boolean;
  readonly isAdmitted: boolean;
}

const SKEW_MS = 5_000;

/** Both clocks; the server's Date header holds whole seconds. */
const clockFinding = (header: unknown): readonly Finding[] => {
  if (typeof header !== 'string' || Number.isNaN(Date.parse(header))) return [];
  const skewMs = Date.now() - Date.parse(header);
  const says = `${(Math.abs(skewMs) / 1_000).toFixed(0)} s apart`;
  if (Math.abs(skewMs) <= SKEW_MS) return [fine('clocks', 'here and there agree')];
  const fix = 'Set both clocks by NTP: schedules and licences to repeat depend on them.';
  return [doubtful('clocks', says, fix)];
};

const readyFinding = async ({ api }: Context): Promise<Finding> => {
  const fix = 'Wait while it starts; if it stays so, its log says what it waits for.';
  try {
    const { status, body } = await api.probe('/health/ready');
    const says = (await body.text()).slice(0, 200);
    return status === 200 ? fine('ready', 'yes') : wrong('ready', `no (${status}) ${says}`, fix);
  } catch (error) {
    return wrong('ready', (error as Error).message, fix);
  }
};

const tokenFinding = async ({ api, connection }: Context): Promise<Finding> => {
  const { token, tokenSource } = connection;
  const fix =
    'Run where ./data is, set CRIER_DATA, or give --token / CRIER_TOKEN; the first admin token stands in <data>/admin-token.';
  if (token === undefined) return wrong('token', `none: ${tokenSource} is not there`, fix);
  try {
    await api.get('/v1/broadcasts?limit=1');
    return fine('token', `valid (from ${tokenSource})`);
  } catch (error) {
    if (!(error instanceof ServerRefused)) return wrong('token', (error as Error).message, fix);
    return wrong('token', `refused, from ${tokenSource}: ${error.document.detail}`, fix);
  }
};

/** Whether the server is there, ready, and lets us in. */
export const reach = async (context: Context): Promise<Reached> => {
  const { api } = context;
  try {
    const { headers, body, status } = await api.probe('/health/live');
    await body.dump();
    const there =
      status === 200
        ? fine('server', `answers at ${api.url}`)
        : wrong(
            'server',
            `something at ${api.url} answers ${status}`,
            'Is it another program? Name the right address: --url or CRIER_URL.',
          );
    const ready = await readyFinding(context);
    const token = await tokenFinding(context);
    const findings = [there, ready, ...clockFinding(headers['date']), token];
    return { findings, isReached: true, isAdmitted: token.state === 'ok' };
  } catch (error) {
    const fix = 'Start it with `npm start`, or name its address: --url or CRIER_URL.';
    const says = `nobody answers at ${api.url} (${(error as Error).message})`;
    return { findings: [wrong('server', says, fix)], isReached: false, isAdmitted: false };
  }
};
