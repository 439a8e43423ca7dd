// Asks the app in this container how it is: `health.mjs live|ready [port]`. Leaves with 1 where the answer is bad, or does not come.
const PATIENCE_MS = 4_000;

const [question = 'live', port = process.env.CRIER_PORT] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}/health/${question}`;

try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
  process.stdout.write(await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${url} does not answer: ${error.message}`);
  process.exitCode = 1;
}
