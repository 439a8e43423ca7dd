import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startSandbox } from '../processes.ts';
import { Figures } from './figures.ts';
import { benchReading } from './reading.ts';
import { benchSending } from './sending.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    sizes: { type: 'string', default: '10000,200000,1000000' },
    broadcasts: { type: 'string', default: '10000' },
    flags: { type: 'string', default: '--max-semi-space-size=8 --max-old-space-size=128' },
  },
});

const figures = new Figures();
const folder = mkdtempSync(join(tmpdir(), 'crier-bench-'));
const sandbox = await startSandbox();
try {
  const options = {
    audiences: values.sizes.split(',').map(Number),
    broadcasts: Number(values.broadcasts),
    flags: values.flags.split(' ').filter((flag) => flag !== ''),
    folder,
    sandboxUrl: sandbox.url,
    figures,
  };
  await benchSending(options);
  await benchReading(options);
} finally {
  await sandbox.stop();
  rmSync(folder, { recursive: true, force: true });
}
figures.print(values.json);
