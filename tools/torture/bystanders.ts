import type { Figures } from './figures.ts';
import { say } from './options.ts';
import { textOf, type Person, type Stage } from './stage.ts';

const BOTS = ['p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y'] as const;
const RATE = 60;
const SPEED = 1;
/** Each sends once a second: enough for the longest run. */
const PEOPLE_OF_BOT = 500;
const FIRST_CHAT = 5_000_000;
const BEGUN_WITHIN_MS = 120_000;

const people: readonly Person[] = BOTS.flatMap((botId, bot) =>
  Array.from({ length: PEOPLE_OF_BOT }, (_, i) => ({
    externalId: `slow-${botId}${i}`,
    botId,
    chat: FIRST_CHAT + bot * PEOPLE_OF_BOT + i,
    tags: [`slow-${botId}`],
  })),
);

/** Broadcasts that go on beside what is measured, at one message a second each, so that the machine is not the limit. */
export class Bystanders {
  readonly #stage: Stage;
  readonly #ids: readonly string[];

  private constructor(stage: Stage, ids: readonly string[]) {
    this.#stage = stage;
    this.#ids = ids;
  }

  /** Resolves when all of them are sending. */
  static async start(stage: Stage, count: number): Promise<Bystanders> {
    if (count === 0) return new Bystanders(stage, []);
    say(`${count} broadcasts beside`);
    await stage.addBots(BOTS, RATE);
    await stage.importPeople(people);
    const ids: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const tag = `slow-${BOTS[i % BOTS.length] ?? ''}`;
      const { id } = await stage.draft({
        name: `Slow ${i}`,
        message: textOf(`This is slow ${i}.`),
        audience: { filter: { all: [{ status: 'enabled' }, { tag }] } },
        settings: { speed: SPEED },
      });
      await stage.activate(id);
      ids.push(id);
    }
    for (const id of ids) await stage.until(id, ({ sent }) => sent > 0, BEGUN_WITHIN_MS);
    return new Bystanders(stage, ids);
  }

  /** Claims that all were sending to the end, and stops them. */
  async report(figures: Figures): Promise<void> {
    if (this.#ids.length === 0) return;
    const rows = await Promise.all(this.#ids.map((id) => this.#stage.row(id)));
    const active = rows.filter(({ status, waiting }) => status === 'sending' && waiting > 0);
    figures.claim(
      'broadcasts that went on beside the stopped ones',
      active.length === this.#ids.length,
      active.length,
    );
    await Promise.all(this.#ids.map((id) => this.#stage.act(id, 'stop')));
    await Promise.all(this.#ids.map((id) => this.#stage.completed(id)));
  }
}
