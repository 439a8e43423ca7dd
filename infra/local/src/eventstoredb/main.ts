import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { startStandIn } from './server.ts';

const { values } = parseArgs({
  options: {
    path: { type: 'string', default: ':memory:' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '2113' },
    cert: { type: 'string' },
    key: { type: 'string' },
    user: { type: 'string' },
  },
});
const { path, host, port, cert, key, user } = values;
const [username = '', password = ''] = user?.split(':') ?? [];
const standIn = await startStandIn({
  path,
  host,
  port: Number(port),
  ...(cert && key
    ? { tls: { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') } }
    : {}),
  ...(user === undefined ? {} : { credentials: { username, password } }),
});
console.log(`listening on ${host}:${standIn.port}`);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    standIn.stop();
    process.exit(0);
  });
