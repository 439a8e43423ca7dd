import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./owner.process.ts', import.meta.url));

/** Runs an owner in a process of its own and follows what it says. */
export class OwnerProcess {
  /** What it said: `holds 3`, `works 3`, `drops 3`. */
  readonly lines: string[] = [];
  readonly #process;

  constructor(address: string, names: { group: string; table: string; log: string }) {
    const { group, table, log } = names;
    const options = ['--disable-warning=ExperimentalWarning', '-C', '@crier/source'];
    this.#process = spawn(process.execPath, [...options, script, address, group, table, log], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.lines.push(line));
  }

  /** The partitions that, by its own words, it holds. */
  get held(): readonly number[] {
    const held = new Set<number>();
    for (const line of this.lines) {
      const [what, partition] = line.split(' ');
      if (what === 'holds') held.add(Number(partition));
      if (what === 'drops') held.delete(Number(partition));
    }
    return [...held];
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }
}
