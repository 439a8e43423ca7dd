import { setTimeout as sleep } from 'node:timers/promises';
import { allBroadcasts } from '../api/find-broadcast.ts';
import type { ProjectionShown, Row, Verification } from '../api/shapes.ts';
import { EXIT, Refused, WrongUsage } from '../faults.ts';
import { doneOf } from '../progress/progress-meter.ts';
import { sumText } from '../show/row-text.ts';
import { table } from '../show/table.ts';
import { number, shortened } from '../show/words.ts';
import type { Command } from './context.ts';

const LONG_MS = 30 * 60_000;
const LOOK_MS = 300;

/** `crier verify`. */
export const verify: Command = async ({ api, screen }) => {
  const { ok, broadcasts } = await api.write<Verification>('POST', '/v1/admin/verify', {
    silenceMs: LONG_MS,
  });
  const rows = new Map<string, Row>();
  for await (const row of allBroadcasts(api)) rows.set(row.id, row);
  const judged = broadcasts.map(({ id, differences, ...one }) => {
    const row = rows.get(id);
    const wrong = row && doneOf(row) + row.waiting !== row.planned ? [`${sumText(row)}: no`] : [];
    return { id, row, ok: one.ok && wrong.length === 0, differences: [...differences, ...wrong] };
  });
  const head = ['ID', 'NAME', 'PLANNED', 'SUMS'].map((one) => ({ head: one }));
  const cells = judged.map(({ id, row, differences, ...one }) => [
    id,
    shortened(row?.name ?? '(deleted)', 28),
    number(row?.planned ?? 0),
    one.ok ? 'ok' : differences.join('\n'),
  ]);
  if (judged.length > 0) screen.text(table(head, cells));
  const wrong = judged.filter((one) => !one.ok).length;
  screen.document({
    ok: ok && wrong === 0,
    broadcasts: judged.map(({ id, differences, ...one }) => ({ id, ok: one.ok, differences })),
  });
  if (!ok || wrong > 0)
    throw new Refused(
      `${number(wrong)} of ${number(judged.length)} broadcasts differ from their own events.`,
      ['Rebuild the read models and verify again: crier rebuild && crier verify'],
    );
  screen.text(`All ${number(judged.length)} broadcasts add up.`);
  return EXIT.ok;
};

/** `crier rebuild`. */
export const rebuild =
  ({ wait }: { readonly wait: boolean }): Command =>
  async ({ api, screen }) => {
    const startedAt = performance.now();
    await api.write('POST', '/v1/admin/rebuild', { silenceMs: LONG_MS });
    const look = () =>
      api.get<{ readonly items: readonly ProjectionShown[] }>('/v1/admin/projections');
    let { items } = await look();
    while (wait && items.some(({ rebuilding }) => rebuilding)) {
      await sleep(LOOK_MS);
      ({ items } = await look());
    }
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
    screen.text(wait ? `Rebuilt from the events in ${seconds} s.` : 'The rebuild has begun.');
    screen.document({ items });
    return EXIT.ok;
  };

const ROLES = ['operator', 'analyst', 'channel', 'admin'];

/** `crier token create NAME`. */
export const createToken =
  (name: string, { role }: { readonly role: string }): Command =>
  async ({ api, screen }) => {
    if (!ROLES.includes(role)) throw new WrongUsage(`--role must be one of ${ROLES.join(', ')}.`);
    const issued = await api.write<{ readonly token: string }>('POST', '/v1/tokens', {
      body: { name, role },
    });
    screen.note('Keep it: it is shown this once.');
    screen.text(issued.token);
    screen.document(issued);
    return EXIT.ok;
  };
