const MOST_EDITS = 2;

const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_none, i) => i);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const kept = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(kept, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

/** The known name that was probably meant; undefined where none is near. */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) > MOST_EDITS) continue;
    const edits = distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits <= MOST_EDITS && edits < (best?.edits ?? Infinity)) best = { name: candidate, edits };
  }
  return best?.name;
};
