import { EXIT } from '../faults.ts';
import type { Command, Context } from './context.ts';
import { diskFinding } from './doctor/disk.ts';
import type { Finding } from './doctor/finding.ts';
import { reach } from './doctor/reach.ts';
import { insideFindings } from './doctor/inside.ts';

const MARKS = { ok: 'ok  ', warning: 'warn', wrong: 'FAIL' } as const;

const shown = ({ screen }: Context, { what, state, says, fix }: Finding): void => {
  const paint = { ok: 'green', warning: 'yellow', wrong: 'red' } as const;
  const mark = screen.colours[paint[state]](MARKS[state]);
  screen.text(`${mark}  ${what}: ${says}`);
  if (fix !== undefined) screen.text(`      → ${fix}`);
};

/** `crier doctor`: what is wrong, and what to do about each. */
export const doctor: Command = async (context) => {
  const { findings: outside, isReached, isAdmitted } = await reach(context);
  const inside = isAdmitted ? await insideFindings(context) : [];
  const findings = [...outside, ...inside, ...(await diskFinding(context))];
  for (const finding of findings) shown(context, finding);
  const isWell = findings.every(({ state }) => state !== 'wrong');
  context.screen.document({ ok: isWell, url: context.api.url, findings });
  if (isWell) return EXIT.ok;
  return isReached ? EXIT.refused : EXIT.unreachable;
};
