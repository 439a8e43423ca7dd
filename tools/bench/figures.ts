import Table from 'cli-table3';

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent where a figure is for reading only. */
  readonly goal?: string;
  readonly met?: boolean;
}

export type Goal = readonly [relation: '≥' | '≤', value: number];

const rounded = (value: number): number => Number(value.toPrecision(4));

export const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** What was measured, in order, against what was hoped for. */
export class Figures {
  readonly #all: Figure[] = [];

  note(name: string, value: number, unit: string, goal?: Goal): void {
    const met = goal === undefined || (goal[0] === '≥' ? value >= goal[1] : value <= goal[1]);
    this.#all.push({ name, value, unit, ...(goal ? { goal: goal.join(' '), met } : {}) });
    say(`${met ? '  ' : '! '}${name}: ${rounded(value)} ${unit}`);
  }

  print(json: boolean): void {
    process.stdout.write(`${json ? JSON.stringify(this.#all, null, 2) : this.#table()}\n`);
  }

  #table(): string {
    const table = new Table({ head: ['figure', 'value', 'unit', 'goal', ''] });
    for (const { name, value, unit, goal = '', met } of this.#all)
      table.push([
        name,
        rounded(value),
        unit,
        goal,
        met === undefined ? '' : met ? 'met' : 'MISSED',
      ]);
    return table.toString();
  }
}
