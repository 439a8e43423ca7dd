import { CommandIntake, Relay, type IntakeDeps, type RelayDeps } from '@crier/broadcast';

export type BroadcastsDeps = IntakeDeps & RelayDeps;

/** The app `broadcasts` in one process: the only writer of `broadcast-…`, and the relay that tells of it. */
export class BroadcastsApp {
  readonly #intake: CommandIntake;
  readonly #relay: Relay;

  constructor(deps: BroadcastsDeps) {
    this.#intake = new CommandIntake(deps);
    this.#relay = new Relay(deps);
  }

  async start(): Promise<void> {
    this.#relay.start();
    await this.#intake.start();
  }

  /** Takes no further command; what it took is stored and told. */
  async stop(): Promise<void> {
    await this.#intake.stop();
    await this.#relay.stop();
  }
}
