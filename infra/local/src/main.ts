import { allDown, allUp, localInfra, testEnvironment, type LocalInfra } from './index.ts';

const infra = localInfra(
  process.env['CRIER_INFRA_DATA'],
  Number(process.env['CRIER_INFRA_PORT_OFFSET'] ?? '0'),
);

const status = async (): Promise<void> => {
  for (const server of Object.values(infra)) {
    const state = server.pid === undefined ? 'down' : (await server.answers()) ? 'up' : 'starting';
    console.log(`${server.name.padEnd(14)}${state.padEnd(10)}${server.address}`);
  }
};

const verbs: Readonly<Record<string, (infra: LocalInfra) => Promise<void>>> = {
  up: async () => {
    await allUp(infra);
    await status();
  },
  down: () => allDown(infra),
  status,
  env: () => {
    for (const [name, value] of Object.entries(testEnvironment(infra)))
      console.log(`export ${name}='${value}'`);
    return Promise.resolve();
  },
};

const verb = process.argv[2] ?? 'up';
const run = verbs[verb];
if (run) await run(infra);
else {
  console.error(`npm run infra -- ${Object.keys(verbs).join('|')}`);
  process.exitCode = 2;
}
