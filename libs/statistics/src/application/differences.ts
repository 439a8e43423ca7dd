const MOST = 50;

/** Gathers what does not agree, in words; after so many it is clear enough. */
export class Differences {
  readonly #all: string[] = [];

  get all(): readonly string[] {
    return this.#all;
  }

  compare(what: string, told: string | number, shown: string | number | null | undefined): void {
    if (told !== shown)
      this.add(`${what}: the events say ${told}, the read model ${shown ?? 'nothing'}`);
  }

  add(difference: string): void {
    if (this.#all.length < MOST) this.#all.push(difference);
  }
}
