import { Readiness } from './health.ts';

/** Resolves to what is wrong, or undefined. */
export type Check = () => Promise<string | undefined>;

/** A check that does not answer is a fault too. */
const CHECK_WITHIN_MS = 3_000;

const within = async (check: Check): Promise<string | undefined> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => {
      resolve('does not answer');
    }, CHECK_WITHIN_MS).unref();
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
};

/** Ready when every part says so. */
export class CheckedReadiness extends Readiness {
  readonly #checks: Readonly<Record<string, Check>>;

  constructor(checks: Readonly<Record<string, Check>>) {
    super();
    this.#checks = checks;
  }

  async check(): Promise<Readonly<Record<string, string | undefined>>> {
    const answers = await Promise.all(
      Object.entries(this.#checks).map(async ([part, check]) => [part, await within(check)]),
    );
    return Object.fromEntries(answers) as Record<string, string | undefined>;
  }
}
