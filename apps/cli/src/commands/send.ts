import { randomUUID } from 'node:crypto';
import { ServerRefused } from '../api/problem.ts';
import type { Activated, Forecast, Row } from '../api/shapes.ts';
import { EXIT } from '../faults.ts';
import {
  broadcastFile,
  readText,
  type BroadcastFile,
  type WantedStart,
} from '../input/broadcast-file.ts';
import { forecastText } from '../show/forecast-text.ts';
import { rowText } from '../show/row-text.ts';
import { moment } from '../show/words.ts';
import type { Command, Context } from './context.ts';
import { follow } from './follow.ts';

export interface StartOptions {
  readonly yes?: boolean;
  /** Exit with 4 when recipients failed or are unconfirmed. */
  readonly strict?: boolean;
  /** Do not wait for the last recipient. */
  readonly detach?: boolean;
}

export interface SendOptions extends StartOptions {
  readonly draft?: boolean;
}

/** The same refusal, with the lines of the file that it is about. */
const withLines = (error: unknown, { lineOf }: BroadcastFile): unknown => {
  if (!(error instanceof ServerRefused)) return error;
  const errors = error.document.errors?.map((fault) => {
    const line = lineOf(fault.path);
    return line === undefined ? fault : { ...fault, path: `${fault.path} (line ${line})` };
  });
  return errors === undefined ? error : new ServerRefused({ ...error.document, errors });
};

const whereToLook = ({ api }: Context, id: string): string =>
  `Report: crier report ${id}   (${api.url}/v1/broadcasts/${id}/report)`;

const finished = (context: Context, row: Row, { strict }: StartOptions): number => {
  const { screen } = context;
  screen.text(rowText(row));
  screen.text(whereToLook(context, row.id));
  screen.document(row);
  return strict === true && row.failed + row.unconfirmed > 0 ? EXIT.failures : EXIT.ok;
};

const startText = ({ start, sendAt }: Activated): string => {
  if (start.mode === 'now') return 'Started.';
  const moved =
    start.movedTo === undefined
      ? ''
      : ` Daylight saving skips the time asked for; it was moved to ${start.movedTo}.`;
  return `Scheduled for ${start.local} in ${start.zone}, here ${moment(sendAt ?? start.instant)}.${moved}`;
};

/** Shows the forecast, asks, starts, and stays to the last recipient. */
export const start = async (
  context: Context,
  id: string,
  wanted: { readonly start: WantedStart; readonly options: StartOptions },
): Promise<number> => {
  const { api, screen } = context;
  const path = `/v1/broadcasts/${id}`;
  screen.note(forecastText(await api.get<Forecast>(`${path}/forecast`)));
  if (wanted.options.yes !== true && !(await screen.isAgreed('Send it?'))) {
    const row = await api.get<Row>(path);
    screen.text(`Nothing was sent. It stays a draft: crier activate ${id}, or crier delete ${id}`);
    screen.document(row);
    return EXIT.ok;
  }
  const body = { start: wanted.start };
  const activated = await api.write<Activated>('POST', `${path}/activate`, { body });
  screen.note(startText(activated));
  if (activated.start.mode === 'at' || wanted.options.detach === true) {
    screen.text(whereToLook(context, id));
    screen.document(activated);
    return EXIT.ok;
  }
  const { row, isDetached } = await follow(context, id);
  if (row === undefined || isDetached) {
    screen.document(row ?? activated);
    return EXIT.ok;
  }
  return finished(context, row, wanted.options);
};

/** `crier send FILE`. */
export const send =
  (file: string, options: SendOptions): Command =>
  async (context) => {
    const { api, screen, world } = context;
    const read = broadcastFile(await readText(file, world), file === '-' ? 'standard input' : file);
    try {
      const row = await api.write<Row>('POST', '/v1/broadcasts', {
        body: read.draft,
        key: randomUUID(),
      });
      if (options.draft !== true)
        return await start(context, row.id, { start: read.start, options });
      screen.text(`Draft ${row.id}. Send it: crier activate ${row.id}`);
      screen.document(row);
      return EXIT.ok;
    } catch (error) {
      throw withLines(error, read);
    }
  };
