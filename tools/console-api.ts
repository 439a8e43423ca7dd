// `npm run console:api`: writes the types of the API that the console works with, from the API's own description. With `--check`
// it writes nothing and fails where they are not up to date.
import { GatewayWorld } from '@crier/gateway/testing';
import openapiTs, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../apps/console/src/api/schema.ts', import.meta.url));
const HEAD =
  '// Made by `npm run console:api` from the description of the API. Not to be edited.\n';

interface Operation {
  readonly responses: Record<string, unknown>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const described = async (): Promise<Description> => {
  const world = await GatewayWorld.open();
  const answer = await world.ask('GET', '/v1/openapi.json', { as: 'nobody' });
  await world.close();
  return JSON.parse(answer.body) as Description;
};

/** The console's client waits until a command is settled: its callers never see "not known yet". */
const withoutPending = (description: Description): Description => {
  for (const operation of Object.values(description.paths).flatMap((path) => Object.values(path)))
    if (JSON.stringify(operation.responses['202'] ?? '').includes('/CommandPending'))
      delete operation.responses['202'];
  return description;
};

const typesOf = async (description: Description): Promise<string> => {
  const nodes = await openapiTs(description as unknown as OpenAPI3, { alphabetize: true });
  const options = await resolveConfig(FILE);
  return format(HEAD + astToString(nodes), { ...options, parser: 'typescript' });
};

const types = await typesOf(withoutPending(await described()));
const isCheck = process.argv.includes('--check');
if (!isCheck) await writeFile(FILE, types);
else if ((await readFile(FILE, 'utf8').catch(() => '')) !== types) {
  console.error('apps/console/src/api/schema.ts is not what the API says: npm run console:api');
  process.exitCode = 1;
}
