import { findBroadcast } from '../api/find-broadcast.ts';
import type { Row } from '../api/shapes.ts';
import { EXIT, WrongUsage } from '../faults.ts';
import type { WantedStart } from '../input/broadcast-file.ts';
import { rowText } from '../show/row-text.ts';
import { plain } from '../show/words.ts';
import type { Command, Context } from './context.ts';
import { follow } from './follow.ts';
import { start, type StartOptions } from './send.ts';

const answer = ({ screen }: Context, row: Row): number => {
  screen.text(rowText(row));
  screen.document(row);
  return EXIT.ok;
};

/** `crier stop|hold|resume ID`. */
export const act =
  (meant: string, action: 'stop' | 'hold' | 'resume'): Command =>
  async (context) => {
    const { id } = await findBroadcast(context.api, meant);
    return answer(context, await context.api.write('POST', `/v1/broadcasts/${id}/${action}`));
  };

export interface RetryOptions {
  readonly what: string;
  readonly yes?: boolean;
  readonly follow?: boolean;
}

/** `crier retry ID --what failed|unconfirmed`. */
export const retry =
  (meant: string, options: RetryOptions): Command =>
  async (context) => {
    const { api, screen } = context;
    const { what } = options;
    if (what !== 'failed' && what !== 'unconfirmed')
      throw new WrongUsage('--what must be failed or unconfirmed.');
    const row = await findBroadcast(api, meant);
    const count = what === 'failed' ? row.failed : row.unconfirmed;
    const warning = what === 'unconfirmed' ? ' Some of them may have got it already.' : '';
    const question = `Send "${plain(row.name)}" again to the ${count} ${what}?${warning}`;
    if (options.yes !== true && !(await screen.isAgreed(question))) return answer(context, row);
    const path = `/v1/broadcasts/${row.id}/retry`;
    const ordered = await api.write<Row>('POST', path, { body: { what } });
    if (options.follow !== true) return answer(context, ordered);
    const followed = await follow(context, row.id);
    return answer(context, followed.row ?? ordered);
  };

/** `crier copy ID`. */
export const copy =
  (meant: string, { name }: { readonly name?: string }): Command =>
  async (context) => {
    const { id } = await findBroadcast(context.api, meant);
    const body = name === undefined ? {} : { name };
    return answer(context, await context.api.write('POST', `/v1/broadcasts/${id}/copy`, { body }));
  };

/** `crier delete ID`. */
export const remove =
  (meant: string, { yes }: { readonly yes?: boolean }): Command =>
  async ({ api, screen }) => {
    const { id, name, status } = await findBroadcast(api, meant);
    const question = `Delete "${plain(name)}" (${status})?`;
    const isAgreed = yes === true || (await screen.isAgreed(question));
    if (isAgreed) await api.write('DELETE', `/v1/broadcasts/${id}`);
    screen.text(isAgreed ? `Deleted ${id}.` : 'Nothing was deleted.');
    screen.document({ id, deleted: isAgreed });
    return EXIT.ok;
  };

export interface ActivateOptions extends StartOptions {
  readonly at?: string;
  readonly zone?: string;
}

/** `crier activate ID`. */
export const activate =
  (meant: string, options: ActivateOptions): Command =>
  async (context) => {
    const { at, zone } = options;
    if ((at === undefined) !== (zone === undefined))
      throw new WrongUsage('--at and --zone go together: --at 2026-12-01T09:00 --zone Europe/Kyiv');
    const { id } = await findBroadcast(context.api, meant);
    const wanted: WantedStart =
      at === undefined || zone === undefined ? 'now' : { local: at, zone };
    return start(context, id, { start: wanted, options });
  };

/** `crier watch ID`. */
export const watch =
  (meant: string): Command =>
  async (context) => {
    const row = await findBroadcast(context.api, meant);
    const followed = await follow(context, row.id);
    return answer(context, followed.row ?? row);
  };
