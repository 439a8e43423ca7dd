import 'reflect-metadata';
import { MongoReadModelWriter } from '@crier/adapter-mongodb';
import {
  ClusterEnvironment,
  openBackbone,
  openDatabase,
  runApp,
  underLease,
} from '@crier/deployment';
import { Projector } from '@crier/statistics';
import { ProjectorDuty } from './projector-duty.ts';

/** A step takes several round trips to the database: what comes in a tenth of a second shares one. */
const LINGER_MS = 100;

await runApp('projector', ClusterEnvironment, process.env, async (env, context) => {
  const backbone = await openBackbone(env, context);
  const views = await openDatabase(env, context, 'views');
  const { clock, log, meter, stops } = context;
  const { store, bus, checks } = backbone;
  const onLag = (ms: number): void => {
    meter.observe('crier_projection_lag_seconds', { projection: 'read-models' }, ms / 1_000);
  };
  let duty: ProjectorDuty | undefined;
  stops.push(
    underLease('projector', backbone, context, () => {
      const writer = new MongoReadModelWriter(views.db());
      duty = new ProjectorDuty(
        new Projector({ store, writer, clock, log, onLag, lingerMs: LINGER_MS }),
        bus,
        log,
      );
      return duty;
    }),
  );
  return { checks: { ...checks, 'read models': () => Promise.resolve(duty?.fault()) } };
});
