/** One thing wrong in a filter or route: where, a stable code, and a sentence with the fix. */
export interface FilterProblem {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

const MAX_PROBLEMS = 20;
const MAX_PATH = 512;

/** Collects the first 20 problems of one reading. */
export class Problems {
  readonly #list: FilterProblem[] = [];

  add(path: string, code: string, message: string): void {
    if (this.#list.length < MAX_PROBLEMS) {
      this.#list.push({ path: path.slice(0, MAX_PATH), code, message });
    }
  }

  addOnce(path: string, code: string, message: string): void {
    if (!this.#list.some((known) => known.code === code)) this.add(path, code, message);
  }

  isEmpty(): boolean {
    return this.#list.length === 0;
  }

  list(): readonly FilterProblem[] {
    return this.#list;
  }
}

/** A JSON object: neither null nor a list. */
export const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);
