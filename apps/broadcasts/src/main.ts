import 'reflect-metadata';
import { CommandIntake, Relay } from '@crier/broadcast';
import { ClusterEnvironment, openBackbone, runApp, underLease } from '@crier/deployment';

await runApp('broadcasts', ClusterEnvironment, process.env, async (env, context) => {
  const backbone = await openBackbone(env, context);
  const { clock, log, meter, stops } = context;
  const deps = { ...backbone, clock, log, meter };
  const intake = new CommandIntake(deps);
  await intake.start();
  stops.push(() => intake.stop());
  stops.push(underLease('relay', backbone, context, () => new Relay(deps)));
  return { checks: backbone.checks };
});
