import { parseArgs } from 'node:util';

export interface RunOptions {
  readonly seed: number;
  readonly isFast: boolean;
  readonly isJson: boolean;
  readonly keep: boolean;
  /** On the distributed deployment. */
  readonly isCluster: boolean;
}

/** `--seed N --fast --json --keep --cluster`. */
export const runOptions = (): RunOptions => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      fast: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      cluster: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  return {
    seed,
    isFast: values.fast,
    isJson: values.json,
    keep: values.keep,
    isCluster: values.cluster,
  };
};

/** Progress for people, out of the way of figures. */
export const say = (text: string): void => {
  console.error(`${new Date().toISOString().slice(11, 23)}  ${text}`);
};
