import 'reflect-metadata';
import {
  cannotStart,
  channelTopics,
  contextOf,
  environmentOf,
  hiding,
  insist,
  openAudience,
  openBackbone,
  prepareTopics,
  sharedTopics,
  stopAll,
  withFiles,
} from '@crier/deployment';
import { prepareDemoSandbox, seedDemo } from '@crier/deployment/demo';
import { Unavailable } from '@crier/kernel';
import { keysOf } from '@crier/platform';
import { SetupEnvironment } from './environment.ts';
import { keyFiles } from './key-files.ts';

/** Makes topics, indexes, keys and the demo. Can be run again at any time: what is there stays. */
const main = async (): Promise<void> => {
  const env = environmentOf(SetupEnvironment, process.env);
  const context = contextOf('setup', env.CRIER_LOG_LEVEL);
  const { secret, adminToken } = await keyFiles(env.CRIER_KEYS, {
    secret: env.CRIER_SECRET,
    adminToken: env.CRIER_ADMIN_TOKEN,
  });
  await prepareTopics(env, context, [...sharedTopics, ...channelTopics('telegram')]);
  const backbone = await openBackbone(env, context);
  const stores = openAudience(backbone, context, {
    keys: keysOf(secret),
    publicUrl: env.CRIER_PUBLIC_URL,
  });
  await stores.directory.ensureIndexes();
  await stores.imports.ensureIndexes();
  const { CRIER_SANDBOX_URL: sandboxUrl } = env;
  if (env.CRIER_DEMO && sandboxUrl !== undefined) {
    const sandbox = () =>
      prepareDemoSandbox(sandboxUrl).catch((error: unknown) => {
        throw new Unavailable('The sandbox does not answer', { sandboxUrl }, error);
      });
    await insist('the sandbox', sandbox, context);
    if ((await stores.bots.list()).length === 0)
      await seedDemo({ ...stores, clock: context.clock }, sandboxUrl);
  }
  await stopAll(context);
  process.stdout.write(`Crier is set up.

  API       ${env.CRIER_PUBLIC_URL}/v1   (description: ${env.CRIER_PUBLIC_URL}/v1/openapi.json)
  Console   ${env.CRIER_PUBLIC_URL}/console/#token=${adminToken}
  Token     ${adminToken}
`);
};

main().catch((error: unknown) => {
  process.stderr.write(cannotStart('setup', error, hiding(withFiles(process.env))));
  process.exit(1);
});
