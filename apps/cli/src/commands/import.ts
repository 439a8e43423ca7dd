import { stat, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportJob } from '../api/shapes.ts';
import { EXIT, Refused, WrongUsage } from '../faults.ts';
import { progressLine } from '../show/progress-line.ts';
import { number, plain } from '../show/words.ts';
import type { Command, Context } from './context.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.ndjson': 'application/x-ndjson',
  '.jsonl': 'application/x-ndjson',
};
const LOOK_MS = 250;
const FAULTS_SHOWN = 5;
/** A server that died on the way to its end may have forgotten the job. */
const STANDSTILL_MS = 60_000;

const inspected = async (file: string): Promise<{ type: string; bytes: number }> => {
  const type = TYPES[extname(file).toLowerCase()];
  if (type === undefined)
    throw new WrongUsage(`${basename(file)}: the name must end in .csv or .ndjson.`);
  const found = await stat(file).catch((error: unknown) => {
    throw new WrongUsage(`Cannot read ${file}: ${(error as Error).message}`, [], error);
  });
  return { type, bytes: found.size };
};

const finished = async (
  { api, screen, world }: Context,
  started: ImportJob,
  bytes: number,
): Promise<ImportJob> => {
  const line = progressLine(world.stderr, screen.world.isInteractive);
  let job = started;
  let movedAt = performance.now();
  try {
    for (;;) {
      const { rows, failed, bytes: lastBytes } = job.progress;
      const trouble = failed > 0 ? `, ${number(failed)} refused` : '';
      line.show({ done: job.progress.bytes, total: bytes, text: `${number(rows)} rows${trouble}` });
      if (job.state !== 'running') return job;
      if (performance.now() - movedAt > STANDSTILL_MS)
        throw new Refused(`The import stands still at row ${number(rows)}.`, [
          'Import the file again: rows that are in already change nothing.',
        ]);
      await sleep(LOOK_MS);
      job = await api.get<ImportJob>(`/v1/imports/${job.id}`);
      if (job.progress.bytes !== lastBytes || job.progress.rows !== rows)
        movedAt = performance.now();
    }
  } finally {
    line.end();
  }
};

/** Keeps the list of refused rows beside the file; shows the first of them. */
const keepReport = async ({ api, screen }: Context, job: ImportJob, file: string) => {
  const text = await api.text(`/v1/imports/${job.id}/report`);
  const path = `${file}.errors.csv`;
  await writeFile(path, text);
  const lines = text.trimEnd().split('\n');
  screen.note(
    lines
      .slice(0, FAULTS_SHOWN + 1)
      .map((line) => `  ${plain(line)}`)
      .join('\n'),
  );
  const more = job.progress.failed - FAULTS_SHOWN;
  screen.note(`${more > 0 ? `… and ${number(more)} more. ` : ''}All refused rows: ${path}`);
  return path;
};

/** `crier import FILE`. */
export const importContacts =
  (name: string, { strict }: { readonly strict?: boolean }): Command =>
  async (context) => {
    const { api, screen, world } = context;
    const file = resolve(world.directory, name);
    const { type, bytes } = await inspected(file);
    const query = new URLSearchParams({ name: basename(file) });
    const started = await api.upload<ImportJob>(`/v1/imports?${query.toString()}`, file, type);
    const job = await finished(context, started, bytes);
    const { rows, created, changed, failed } = job.progress;
    screen.text(
      `${number(rows)} rows: ${number(created)} new contacts, ${number(changed)} changed, ${number(failed)} refused`,
    );
    const report = failed > 0 ? await keepReport(context, job, file) : undefined;
    screen.document({ ...job, ...(report === undefined ? {} : { reportFile: report }) });
    if (job.state === 'failed')
      throw new Refused(`The import stopped: ${job.message ?? job.reason ?? 'no reason given'}`);
    return strict === true && failed > 0 ? EXIT.failures : EXIT.ok;
  };
