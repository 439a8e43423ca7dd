import { Readiness } from '@crier/platform';

type Check = () => Promise<string | undefined>;

/** Ready when every part says so. */
export class StandaloneReadiness extends Readiness {
  readonly #checks: Readonly<Record<string, Check>>;

  constructor(checks: Readonly<Record<string, Check>>) {
    super();
    this.#checks = checks;
  }

  async check(): Promise<Readonly<Record<string, string | undefined>>> {
    const answers = await Promise.all(
      Object.entries(this.#checks).map(async ([part, check]) => [
        part,
        await check().catch((error: unknown) => String(error)),
      ]),
    );
    return Object.fromEntries(answers) as Record<string, string | undefined>;
  }
}
