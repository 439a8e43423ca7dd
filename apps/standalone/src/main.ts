import 'reflect-metadata';
import { AppError, SystemClock } from '@crier/kernel';
import { consoleFolder } from '@crier/gateway';
import { PinoLog } from '@crier/platform';
import { standaloneConfig } from './config.ts';
import { startStandalone } from './standalone.ts';
import { workerUrls } from './worker-url.ts';

const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;
/** A graceful stop that takes longer is a fault; the next start recovers as after a crash. */
const STOP_WITHIN_MS = 30_000;

const main = async (): Promise<void> => {
  const config = standaloneConfig(process.env);
  const log = PinoLog.to('stderr', config.logLevel);
  const standalone = await startStandalone(config, {
    clock: new SystemClock(),
    log,
    workerUrl: workerUrls(import.meta.url),
    consoleFolder: consoleFolder(import.meta.url),
    onLost: (error) => {
      log.error('the data directory was taken away', { error: error.message });
      process.exit(1);
    },
  });
  process.stdout.write(standalone.greeting);

  let stopping = false;
  for (const signal of STOP_SIGNALS)
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      standalone.stop().then(
        () => process.exit(0),
        (error: unknown) => {
          log.error('the stop was not graceful', { error: String(error) });
          process.exit(1);
        },
      );
    });
};

main().catch((error: unknown) => {
  const message = error instanceof AppError ? `${error.message} (${error.code})` : String(error);
  process.stderr.write(`Crier cannot start: ${message}\n`);
  process.exitCode = 1;
});
