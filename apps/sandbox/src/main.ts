import { sandboxConfig } from './config.ts';
import { startSandbox } from './sandbox.ts';

const sandbox = await startSandbox(sandboxConfig(process.env));
console.log(`The sandbox stands in for Telegram at ${sandbox.url}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void sandbox.close();
  });
