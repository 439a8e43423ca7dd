import { comparePositions, type Position } from '@crier/kernel';

/**
 * Where each generation stood when this process last heard of it, or moved it on: from there it folds. Whoever is late with
 * what he heard does not take it back.
 */
export class HeardPositions {
  readonly #positions = new Map<number, Position | null>();

  note(generation: number, position: Position | null): void {
    const known = this.#positions.get(generation) ?? null;
    const isOlder = known !== null && comparePositions(position ?? '0', known) < 0;
    if (!isOlder) this.#positions.set(generation, position);
  }

  /** Whether it stands where it was heard to stand, if anything was heard. */
  fits(generation: number, position: Position | null): boolean {
    const heard = this.#positions.get(generation);
    return heard === undefined || heard === position;
  }

  forget(generation: number): void {
    this.#positions.delete(generation);
  }
}
