import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { builtApp } from './processes.ts';
import type { Stage } from './stage.ts';

/** Runs the built terminal client against a stage. */
export const crier = async (
  stage: Stage,
  words: readonly string[],
): Promise<{ readonly code: number | null; readonly out: string }> => {
  const child = spawn(process.execPath, [builtApp('cli'), ...words], {
    env: { CRIER_URL: stage.url, CRIER_TOKEN: stage.token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const [out, complaint, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    exit,
  ]);
  return { code, out: out + complaint };
};
