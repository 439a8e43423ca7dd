/** What a run measured and what it found broken. */
export class Figures {
  readonly #rows: (readonly [name: string, value: string | number])[] = [];
  readonly #violations: string[] = [];

  note(name: string, value: string | number): void {
    this.#rows.push([name, value]);
  }

  /** Notes what was counted, and a violation where the claim does not hold. */
  claim(name: string, isTrue: boolean, value: string | number): void {
    this.#rows.push([`${isTrue ? 'ok  ' : 'FAIL'} ${name}`, value]);
    if (!isTrue) this.#violations.push(`${name}: ${value}`);
  }

  get violations(): readonly string[] {
    return this.#violations;
  }

  get isClean(): boolean {
    return this.#violations.length === 0;
  }

  print(isJson: boolean): void {
    if (isJson) {
      const figures = Object.fromEntries(
        this.#rows.map(([name, value]) => [name.replace(/^(ok {2}|FAIL) /, ''), value]),
      );
      console.log(
        JSON.stringify({ ok: this.isClean, figures, violations: this.#violations }, null, 2),
      );
      return;
    }
    const width = Math.max(...this.#rows.map(([name]) => name.length));
    for (const [name, value] of this.#rows) console.log(`${name.padEnd(width)}  ${value}`);
  }
}
