import { prepareDemoSandbox } from '@crier/deployment/demo';
import { sandboxConfig } from './config.ts';
import { startSandbox } from './sandbox.ts';

const { demo, ...options } = sandboxConfig(process.env);
const sandbox = await startSandbox(options);
if (demo) await prepareDemoSandbox(sandbox.url);
console.log(`The sandbox stands in for the messengers at ${sandbox.url}`);

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void sandbox.close();
  });
