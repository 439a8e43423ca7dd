import 'reflect-metadata';
import { MongoReadModels } from '@crier/adapter-mongodb';
import {
  openAudience,
  openBackbone,
  openDatabase,
  runApp,
  SecretEnvironment,
} from '@crier/deployment';
import { keysOf } from '@crier/platform';
import { SchedulerApp } from './index.ts';

await runApp('scheduler', SecretEnvironment, process.env, async (env, context) => {
  const backbone = await openBackbone(env, context);
  const { clock, log, stops } = context;
  const keys = keysOf(env.CRIER_SECRET);
  const audience = openAudience(backbone, context, { keys, publicUrl: env.CRIER_PUBLIC_URL });
  const views = await openDatabase(env, context, 'views');
  const readModels = new MongoReadModels({ db: views.db() });
  const app = new SchedulerApp({
    ...backbone,
    ...audience,
    readModels,
    clock,
    log,
    actor: 'scheduler',
  });
  await app.start();
  stops.push(() => app.stop());
  return { checks: backbone.checks };
});
