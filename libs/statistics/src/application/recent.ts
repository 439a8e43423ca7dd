/** Values at hand: the changed stay until they are stored, of the others only the most recently used. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #changed = new Set<string>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, value);
    return value;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  put(key: string, value: Value): void {
    this.#values.set(key, value);
  }

  /** Marks what is at hand as to be stored. */
  touch(key: string): void {
    this.#changed.add(key);
  }

  changed(): Value[] {
    const values: Value[] = [];
    for (const key of this.#changed) {
      const value = this.#values.get(key);
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  /** What was changed is stored: the oldest may go. */
  stored(): void {
    this.#changed.clear();
    for (const key of this.#values.keys()) {
      if (this.#values.size <= this.#most) return;
      this.#values.delete(key);
    }
  }
}
