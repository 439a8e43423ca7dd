import { SystemClock, type Clock, type Log } from '@crier/kernel';
import { PinoLog, processRegistry, PromMeter } from '@crier/platform';
import type { Registry } from 'prom-client';
import { environmentOf, withFiles, type ClusterEnvironment } from './environment.ts';
import { cannotStart, failing, type Fail, type Hide } from './failing.ts';
import { hiding } from './hiding.ts';
import { startPlaceholder } from './placeholder.ts';
import { serve, type Serving } from './serving.ts';
import { openTracing, UNTRACED, type Tracing } from './tracing/tracing.ts';

/** What every app has. */
export interface AppContext {
  readonly app: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly meter: PromMeter;
  readonly registry: Registry;
  readonly tracing: Tracing;
  /** Run in reverse order when the app stops; whoever opens something adds to it. */
  readonly stops: (() => Promise<unknown>)[];
  readonly fail: Fail;
}

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** A graceful stop that takes longer is a fault; the next start recovers as after a crash. */
const STOP_WITHIN_MS = 25_000;

/** What an app has before it has opened anything. */
export const contextOf = (
  app: string,
  logLevel: string,
  hide: Hide = (text) => text,
): AppContext => {
  const log = PinoLog.to('stderr', logLevel).with({ app });
  const registry = processRegistry(app);
  return {
    app,
    clock: new SystemClock(),
    log,
    registry,
    meter: new PromMeter(registry),
    tracing: UNTRACED,
    stops: [],
    fail: failing(log, hide),
  };
};

/** Closes everything that was opened, the last one first. */
export const stopAll = async ({ stops }: AppContext): Promise<void> => {
  for (let stop = stops.pop(); stop; stop = stops.pop()) await stop();
};

/** Ports are opened only after that: each gets its decorator, or none. */
const withTracing = async (context: AppContext, env: ClusterEnvironment): Promise<AppContext> => {
  const { app, log, stops } = context;
  const { CRIER_TRACES: url, CRIER_VERSION: version } = env;
  const tracing = await openTracing({ app, version, url, log });
  stops.push(() => tracing.stop());
  return { ...context, tracing };
};

const stopOnSignal = (context: AppContext): void => {
  let isStopping = false;
  for (const signal of STOP_SIGNALS)
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      stopAll(context).then(
        () => process.exit(0),
        (error: unknown) => {
          context.fail('the stop was not graceful', error);
        },
      );
    });
};

/**
 * Runs an app of the distributed deployment as a process: checks its environment (every fault at once), answers `/health/live`
 * from the first moment, opens what it needs and waits for it, serves, and stops in reverse order on SIGTERM.
 */
export const runApp = async <Environment extends ClusterEnvironment>(
  app: string,
  schema: new () => Environment,
  variables: NodeJS.ProcessEnv,
  open: (env: Environment, context: AppContext) => Promise<Serving>,
): Promise<void> => {
  const hide = hiding(withFiles(variables));
  try {
    const env = environmentOf(schema, variables);
    const context = await withTracing(contextOf(app, env.CRIER_LOG_LEVEL, hide), env);
    stopOnSignal(context);
    const { CRIER_HOST: host, CRIER_PORT } = env;
    const placeholder = await startPlaceholder(host, CRIER_PORT);
    const serving = await open(env, context);
    await placeholder.stop();
    const server = await serve({ host, port: placeholder.port }, serving, context);
    context.stops.push(() => server.close());
    process.stdout.write(`${app} is ready at ${await server.getUrl()}\n`);
  } catch (error) {
    process.stderr.write(cannotStart(app, error, hide));
    process.exit(1);
  }
};
