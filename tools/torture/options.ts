import { parseArgs } from 'node:util';

export interface RunOptions {
  readonly seed: number;
  readonly isFast: boolean;
  readonly isJson: boolean;
  readonly keep: boolean;
  /** On the distributed deployment. */
  readonly isCluster: boolean;
}

/** `--seed N --fast --json --keep --cluster`, and what one run alone knows: names of numbers, with what they are by default. */
export const runOptions = <Name extends string = never>(
  own: Readonly<Record<Name, number>> = {} as Readonly<Record<Name, number>>,
): RunOptions & Readonly<Record<Name, number>> => {
  const names = Object.keys(own) as Name[];
  const { values } = parseArgs({
    options: {
      ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
      seed: { type: 'string' },
      fast: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      cluster: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed ?? Date.now() % 1_000_000);
  const given: Readonly<Record<string, string | boolean | undefined>> = values;
  const numbers = names.map((name) => [name, Number(given[name] ?? own[name])] as const);
  return {
    ...(Object.fromEntries(numbers) as Record<Name, number>),
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
