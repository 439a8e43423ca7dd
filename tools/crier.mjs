// `npm run crier -- …`: the terminal client, built on first use, in the directory where the person stands.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, 'apps/cli/dist/main.js');
const OLDEST_NODE = 24;

/** This Node where it is new enough, else the one that `npm ci` brought. */
const node = () => {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return process.execPath;
  const brought = [
    `node_modules/node-${process.platform}-${process.arch}/bin/node`,
    `node_modules/node-win-${process.arch}/bin/node.exe`,
  ].map((path) => join(root, path));
  return brought.find(existsSync) ?? process.execPath;
};

if (!existsSync(main)) {
  process.stderr.write('Building the terminal client once …\n');
  const rolldown = join(root, 'node_modules/rolldown/bin/cli.mjs');
  const { status, stdout, stderr } = spawnSync(node(), [rolldown, '-c', 'rolldown.config.mjs'], {
    cwd: join(root, 'apps/cli'),
    encoding: 'utf8',
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}${stderr}`);
    process.exit(1);
  }
}

const child = spawn(node(), [main, ...process.argv.slice(2)], {
  stdio: 'inherit',
  cwd: process.env.INIT_CWD ?? process.cwd(),
  env: { ...process.env, CRIER_DATA: process.env.CRIER_DATA ?? join(root, 'data') },
});
// The terminal sends Ctrl-C to both: the client decides what it means.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code) => process.exit(code ?? 1));
