import { run } from './program.ts';

const { stdin, stdout, stderr } = process;
const isInteractive = stdin.isTTY && stderr.isTTY;
const WIDTH_OF_A_PIPE = 120;

// A reader that leaves early (`crier list | head`) is no fault.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), {
  stdout,
  stderr,
  stdin,
  isInteractive,
  colours: stdout.isTTY && process.env['NO_COLOR'] === undefined,
  width: stdout.isTTY ? stdout.columns : WIDTH_OF_A_PIPE,
  environment: process.env,
  directory: process.cwd(),
  onInterrupt: (heard) => {
    process.once('SIGINT', heard);
    return () => process.off('SIGINT', heard);
  },
});
