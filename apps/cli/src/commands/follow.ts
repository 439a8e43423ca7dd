import type { Row } from '../api/shapes.ts';
import { isOver, watchBroadcast } from '../api/watch.ts';
import { ProgressMeter, type Progress } from '../progress/progress-meter.ts';
import { progressLine } from '../show/progress-line.ts';
import { heldLines } from '../show/row-text.ts';
import { duration, number } from '../show/words.ts';
import type { Context } from './context.ts';

/** How it ended: the last row, or that the person left. */
export interface Followed {
  readonly row: Row | undefined;
  readonly isDetached: boolean;
}

const REDRAW_MS = 500;

const textOf = (row: Row, { done, planned, perSecond, secondsLeft }: Progress): string => {
  if (row.status === 'scheduled' || row.status === 'preparing') return row.status;
  const trouble = [
    row.failed > 0 ? `failed ${number(row.failed)}` : '',
    row.skipped > 0 ? `skipped ${number(row.skipped)}` : '',
    row.unconfirmed > 0 ? `unconfirmed ${number(row.unconfirmed)}` : '',
  ].filter((one) => one !== '');
  const left =
    secondsLeft === undefined || secondsLeft === 0 ? '' : `, ${duration(secondsLeft)} left`;
  const held = heldLines(row);
  return [
    `${number(done)}/${number(planned)}`,
    held.length > 0 ? held.join('; ') : `${number(Math.round(perSecond))}/s${left}`,
    ...trouble,
  ].join('  ');
};

/** Shows a broadcast's progress on stderr until it is over, or until Ctrl-C: which leaves it alone. */
export const follow = async (
  { api, screen, world }: Context,
  broadcastId: string,
): Promise<Followed> => {
  const left = new AbortController();
  const release = world.onInterrupt(() => {
    left.abort();
  });
  const line = progressLine(world.stderr, world.isInteractive);
  const meter = new ProgressMeter();
  let row: Row | undefined;
  const show = (): void => {
    if (row === undefined) return;
    const progress = meter.add(row, performance.now());
    line.show({ done: progress.done, total: progress.planned, text: textOf(row, progress) });
  };
  const redraw = setInterval(show, REDRAW_MS);
  try {
    for await (row of watchBroadcast(api, broadcastId, { signal: left.signal })) show();
  } finally {
    clearInterval(redraw);
    line.end();
    release();
  }
  const isDetached = left.signal.aborted && (row === undefined || !isOver(row));
  if (isDetached)
    screen.note(
      `Detached; the broadcast goes on without you. Stop it: crier stop ${broadcastId}   Look: crier report ${broadcastId}`,
    );
  return { row, isDetached };
};
