import { setTimeout as sleep } from 'node:timers/promises';
import type { Figures } from './figures.ts';
import { Refusal } from './http.ts';
import type { Random } from './random.ts';
import type { Row } from './stage.ts';
import type { StandaloneStage } from './standalone-stage.ts';

type Moment = 'running' | 'starting' | 'commanding';

const isOver = ({ completedAt }: Row): boolean => completedAt !== null;

/** Ends the process at random moments, and starts it again. */
export class Killer {
  readonly #stage: StandaloneStage;
  readonly #random: Random;
  readonly #at: Record<Moment, number> = { running: 0, starting: 0, commanding: 0 };
  #refused = 0;
  /** How long it may live between two kills at most. */
  livesMs = 1_200;

  constructor(stage: StandaloneStage, random: Random) {
    this.#stage = stage;
    this.#random = random;
  }

  get kills(): number {
    return this.#at.running + this.#at.starting + this.#at.commanding;
  }

  /** Kills once or twice, somehow; at most `most` times. Gives the row afterwards. */
  async next(broadcastId: string, most: number): Promise<Row> {
    const dice = this.#random.next();
    if (dice < 0.12 && most >= 2) await this.#whileStarting();
    else if (dice < 0.24 && most >= 2) await this.#whileHolding(broadcastId);
    else if (dice < 0.34) await this.#whileRetrying(broadcastId);
    else await this.#whileRunning();
    return this.#stage.row(broadcastId);
  }

  /** Gives a command and kills the process up to `withinMs` later; resolves when the command was answered after all. */
  async duringCommand(command: () => Promise<unknown>, withinMs: number): Promise<void> {
    const answered = command().catch((error: unknown) => {
      // What ended meanwhile can no longer be held; a command that is refused has done nothing.
      if (!(error instanceof Refusal)) throw error;
      this.#refused += 1;
    });
    await sleep(this.#random.between(0, withinMs));
    await this.#kill('commanding');
    await this.#stage.start();
    await answered;
  }

  report(figures: Figures): void {
    const { running, starting, commanding } = this.#at;
    figures.note(
      'kills',
      `${this.kills}: running ${running}, starting ${starting}, in a command ${commanding}`,
    );
    figures.note('commands refused because the broadcast was over', this.#refused);
    const ready = [...this.#stage.readyMs].sort((one, other) => one - other);
    const at = (share: number) => Math.round(ready[Math.floor((ready.length - 1) * share)] ?? 0);
    figures.note('ready after a start, ms (p50, p99, max)', `${at(0.5)}, ${at(0.99)}, ${at(1)}`);
  }

  async #whileRunning(): Promise<void> {
    await sleep(this.#random.between(100, this.livesMs));
    await this.#kill('running');
    await this.#stage.start();
  }

  async #whileStarting(): Promise<void> {
    await this.#stage.kill();
    this.#at.running += 1;
    this.#stage.crier.spawn();
    await sleep(this.#random.between(30, 900));
    await this.#kill('starting');
    await this.#stage.start();
    await sleep(this.#random.between(200, this.livesMs));
  }

  async #whileHolding(id: string): Promise<void> {
    const row = await this.#stage.row(id);
    if (isOver(row)) return this.#whileRunning();
    await this.duringCommand(() => this.#stage.act(id, 'hold'), 30);
    await sleep(this.#random.between(0, 200));
    return this.duringCommand(() => this.#stage.act(id, 'resume'), 30);
  }

  async #whileRetrying(id: string): Promise<void> {
    await sleep(this.#random.between(100, this.livesMs));
    await this.duringCommand(() => this.#stage.act(id, 'retry', { what: 'failed' }), 30);
  }

  async #kill(moment: Moment): Promise<void> {
    await this.#stage.kill();
    this.#at[moment] += 1;
  }
}
