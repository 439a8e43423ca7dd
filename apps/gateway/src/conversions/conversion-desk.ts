import { readRef } from '@crier/contracts';
import type { Conversions, Recorded, Told } from '@crier/conversions';
import { invalid } from '../http/check-request.ts';
import { Problem, type Fault } from '../problems/problem.ts';
import { conversionFault } from './conversion-fault.ts';

/** A conversion as a request holds it. */
export interface ToldConversion extends Omit<Told, 'ref'> {
  readonly ref: string;
}

export interface ShownConversion {
  readonly orderId: string;
  readonly kind: Told['kind'];
  readonly became: Recorded['became'];
  readonly error?: Fault;
}

export interface ShownConversions {
  /** In the order of what was told. */
  readonly items: readonly ShownConversion[];
  readonly recorded: number;
  readonly repeated: number;
  readonly refused: number;
}

/** Orders written to at once. */
const AT_ONCE = 16;

interface Numbered {
  readonly index: number;
  readonly told: ToldConversion;
}

/** Instants in the form that is stored. @throws Problem INVALID_REQUEST for those that are none */
const dated = (items: readonly ToldConversion[]): readonly Numbered[] => {
  const faults = items.flatMap(({ at }, index) =>
    Number.isNaN(Date.parse(at))
      ? [{ path: `items[${index}].at`, code: 'BAD_FORMAT', message: 'There is no such instant.' }]
      : [],
  );
  if (faults.length > 0) throw invalid(faults);
  return items.map((told, index) => ({
    index,
    told: { ...told, at: new Date(told.at).toISOString() },
  }));
};

/** Takes what shops tell: facts of one order in the order in which they are told, many orders at once. */
export class ConversionDesk {
  readonly #conversions: Conversions;
  readonly #refSecret: string;

  constructor(conversions: Conversions, refSecret: string) {
    this.#conversions = conversions;
    this.#refSecret = refSecret;
  }

  /** @throws Problem INVALID_REQUEST; CONVERSIONS_REFUSED where not one could be taken; Unavailable: to be told again */
  async take(items: readonly ToldConversion[], actor: string): Promise<ShownConversions> {
    const orders = [
      ...Map.groupBy(dated(items), ({ told }) => `${told.shop} ${told.orderId}`).values(),
    ];
    const shown: ShownConversion[] = [];
    const work = async (): Promise<void> => {
      for (let order = orders.shift(); order; order = orders.shift())
        for (const numbered of order) shown[numbered.index] = await this.#takeOne(numbered, actor);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return summed(shown);
  }

  async #takeOne({ index, told }: Numbered, actor: string): Promise<ShownConversion> {
    const ref = readRef(this.#refSecret, told.ref);
    const recorded: Recorded = ref
      ? await this.#conversions.record({ ...told, ref }, actor)
      : { became: 'refused', rejection: { code: 'UNKNOWN_REF' } };
    const { orderId, kind } = told;
    const { became } = recorded;
    if (became !== 'refused') return { orderId, kind, became };
    return { orderId, kind, became, error: conversionFault(recorded.rejection, index) };
  }
}

const summed = (items: readonly ShownConversion[]): ShownConversions => {
  const count = (what: Recorded['became']): number =>
    items.filter(({ became }) => became === what).length;
  const refused = count('refused');
  if (refused === items.length) throw allRefused(items);
  return { items, recorded: count('recorded'), repeated: count('repeated'), refused };
};

const allRefused = (items: readonly ShownConversion[]): Problem => {
  const errors = items.flatMap(({ error }) => (error ? [error] : []));
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem(
    'CONVERSIONS_REFUSED',
    `${first?.path ?? ''}: ${first?.message ?? ''}${more}`,
    {
      errors,
    },
  );
};
