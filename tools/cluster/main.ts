// `npm run cluster`: the distributed deployment on this machine, with the sandbox and the demo, until Ctrl-C.
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { AppProcess } from './app-process.ts';
import { Cluster } from './cluster.ts';
import { fileURLToPath } from 'node:url';

const data = process.env['CRIER_DATA'] ?? './data';
const root = join(data, 'infra');
const port = Number(process.env['CRIER_PORT'] ?? '8080');
const sandboxPort = process.env['CRIER_SANDBOX_PORT'] ?? '8081';
const sandboxUrl = `http://127.0.0.1:${sandboxPort}`;

/** What has to stay the same from one start to the next. */
const keptIn = (path: string, make: () => string): string => {
  if (!existsSync(path)) writeFileSync(path, make(), { mode: 0o600 });
  return readFileSync(path, 'utf8');
};

mkdirSync(join(root, 'logs'), { recursive: true });
const random = (): string => randomBytes(32).toString('base64url');
const sandbox = new AppProcess({
  name: 'sandbox',
  main: fileURLToPath(new URL('../../apps/sandbox/dist/main.js', import.meta.url)),
  env: { CRIER_SANDBOX_PORT: sandboxPort, CRIER_SANDBOX_DEMO: 'on' },
  log: join(root, 'logs/sandbox.log'),
  supervised: true,
});
sandbox.start();
process.stdout.write(
  'Starting EventStoreDB (stand-in), Kafka, MongoDB (stand-in) and the apps …\n',
);
const cluster = await Cluster.start({
  root,
  offset: Number(process.env['CRIER_INFRA_PORT_OFFSET'] ?? '0'),
  port,
  sandboxUrl,
  demo: true,
  copies: { 'dispatcher-facebook': 1, 'dispatcher-viber': 1, 'dispatcher-vk': 1 },
  supervised: true,
  env: process.env['CRIER_TRACES'] ? { CRIER_TRACES: process.env['CRIER_TRACES'] } : {},
  secret: keptIn(join(root, 'secret'), random),
  adminToken:
    process.env['CRIER_ADMIN_TOKEN'] ??
    keptIn(join(data, 'admin-token'), () => `crier_${random()}`),
});
process.stdout.write(`
Crier runs as ${cluster.apps.length} processes.

  API       ${cluster.url}/v1   (description: ${cluster.url}/v1/openapi.json)
  Console   ${cluster.url}/console/#token=${cluster.adminToken}
  Token     ${cluster.adminToken}
  Sandbox   ${sandboxUrl}   (stands in for the messengers; 2,000 demo contacts on two bots)
  Logs      ${join(root, 'logs')}

  Try       npm run crier -- send docs/examples/hello.yaml
`);

await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
process.stdout.write('Stopping …\n');
await cluster.stop();
await sandbox.stop();
process.exit(0);
