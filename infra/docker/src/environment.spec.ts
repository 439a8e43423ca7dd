import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ClusterEnvironment, environmentOf, SecretEnvironment } from '@crier/deployment';
import { DispatcherEnvironment } from '@crier/dispatcher/open';
import { getMetadataStorage } from 'class-validator';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appsOf, composeFile } from './compose-file.ts';
import { pathOf } from './repository.ts';

type Schema = new () => ClusterEnvironment;
type Environment = Readonly<Record<string, string | undefined>>;

const fromApp = async (app: string, file: string, name: string): Promise<unknown> => {
  const url = pathToFileURL(pathOf(`apps/${app}/src/${file}`)).href;
  const module = (await import(url)) as Readonly<Record<string, unknown>>;
  return module[name];
};

/** What each app checks its environment with. */
const SCHEMAS: Readonly<Record<string, () => Promise<Schema>>> = {
  setup: async () => (await fromApp('setup', 'environment.ts', 'SetupEnvironment')) as Schema,
  gateway: async () => (await fromApp('gateway', 'environment.ts', 'GatewayEnvironment')) as Schema,
  broadcasts: () => Promise.resolve(ClusterEnvironment),
  scheduler: () => Promise.resolve(SecretEnvironment),
  'dispatcher-telegram': () => Promise.resolve(DispatcherEnvironment),
  'dispatcher-facebook': () => Promise.resolve(DispatcherEnvironment),
  'dispatcher-viber': async () =>
    (await fromApp('dispatcher-viber', 'environment.ts', 'ViberEnvironment')) as Schema,
  'dispatcher-vk': () => Promise.resolve(DispatcherEnvironment),
  'dispatcher-skype': async () =>
    (await fromApp('dispatcher-skype', 'environment.ts', 'SkypeEnvironment')) as Schema,
  projector: () => Promise.resolve(ClusterEnvironment),
};

const variablesOf = (schema: Schema): ReadonlySet<string> =>
  new Set(
    getMetadataStorage()
      .getTargetValidationMetadatas(schema, '', false, false)
      .map(({ propertyName }) => propertyName),
  );

const apps = Object.fromEntries(appsOf(composeFile()));
const SECRET = 'a-secret-that-nobody-can-guess-at-all';

describe('the environment of every app in the compose file', () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'crier-keys-'));
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  /** Secrets lie in files that only a running deployment has. */
  const withKeys = (environment: Environment): Environment => {
    const file = join(directory, 'key');
    writeFileSync(file, SECRET);
    return Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [
        name,
        name.endsWith('_FILE') ? file : value,
      ]),
    );
  };

  it('is about apps that are known here', () => {
    expect(Object.keys(apps).sort()).toEqual([...Object.keys(SCHEMAS), 'sandbox'].sort());
  });

  it.each(Object.keys(SCHEMAS))('is all that %s has to know', async (app) => {
    const schema = await SCHEMAS[app]?.();
    if (!schema) throw new Error(`${app} has no schema`);
    const environment = environmentOf(schema, withKeys(apps[app]?.environment ?? {}));
    expect(environment).toMatchObject({ CRIER_HOST: '0.0.0.0', CRIER_PORT: 8080 });
  });

  it.each(Object.keys(SCHEMAS))('holds nothing that %s does not know', async (app) => {
    const schema = await SCHEMAS[app]?.();
    const known = schema ? variablesOf(schema) : new Set<string>();
    const given = Object.keys(apps[app]?.environment ?? {}).map((name) =>
      name.replace(/_FILE$/, ''),
    );
    expect(given.filter((name) => !known.has(name))).toEqual([]);
  });

  it('is understood by the sandbox, which reads all of it', async () => {
    type Read = (environment: Environment) => object;
    const sandboxConfig = (await fromApp('sandbox', 'config.ts', 'sandboxConfig')) as Read;
    const asked = new Set<string>();
    const given = apps['sandbox']?.environment ?? {};
    const watched = new Proxy(given, {
      get: (values, name: string) => {
        asked.add(name);
        return values[name];
      },
    });
    expect(sandboxConfig(watched)).toMatchObject({ host: '0.0.0.0', port: 8081 });
    expect(Object.keys(given).filter((name) => !asked.has(name))).toEqual([]);
  });
});
