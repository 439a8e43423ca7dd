import { InvalidConfig } from './errors.ts';
import type { SandboxOptions } from './sandbox.ts';

const HIGHEST_PORT = 65_535;
const FLAGS = new Map([
  ['true', true],
  ['1', true],
  ['on', true],
  ['false', false],
  ['0', false],
  ['off', false],
]);

/** Reads the environment. @throws InvalidConfig naming every value that cannot be used. */
export const sandboxConfig = (
  environment: Readonly<{ [name: string]: string | undefined }>,
): Required<SandboxOptions> & { readonly demo: boolean } => {
  const port = Number(environment['CRIER_SANDBOX_PORT'] ?? '8081');
  const acceptAnyToken = FLAGS.get(environment['CRIER_SANDBOX_ACCEPT_ANY'] ?? 'false');
  const demo = FLAGS.get(environment['CRIER_SANDBOX_DEMO'] ?? 'false');
  const faults: string[] = [];
  if (!Number.isInteger(port) || port < 0 || port > HIGHEST_PORT)
    faults.push('CRIER_SANDBOX_PORT must be a port, 0 to 65535');
  if (acceptAnyToken === undefined) faults.push('CRIER_SANDBOX_ACCEPT_ANY must be true or false');
  if (demo === undefined) faults.push('CRIER_SANDBOX_DEMO must be true or false');
  if (faults.length > 0) throw new InvalidConfig(faults.join('; '));
  const host = environment['CRIER_SANDBOX_HOST'] ?? '127.0.0.1';
  return { host, port, acceptAnyToken: acceptAnyToken === true, demo: demo === true };
};
