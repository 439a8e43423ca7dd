import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

it('holds the types of the API as it is: npm run console:api', { timeout: 60_000 }, async () => {
  const flags = ['-C', '@crier/source', '--import', './tools/hooks.mjs'];
  const check = [...flags, 'tools/console-api.ts', '--check'];
  await expect(run(process.execPath, check, { cwd: '../..' })).resolves.toMatchObject({
    stderr: '',
  });
});
