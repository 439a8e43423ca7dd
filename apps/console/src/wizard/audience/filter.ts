import type { Audience } from '../../api/types.ts';

export type Status = 'enabled' | 'unsubscribed' | 'blocked' | 'disabled';
export type Value = string | number | boolean;
export type Operator = 'is' | 'isNot' | 'above' | 'below' | 'contains' | 'exists';
export type Did = 'sent' | 'delivered' | 'opened' | 'clicked' | 'ordered';

export interface Moments {
  readonly before?: string;
  readonly after?: string;
  readonly withinDays?: number;
}
export interface Behaviour {
  readonly did: Did;
  readonly button?: number;
  readonly broadcast?: string;
  readonly lastDays?: number;
}

/** Conditions by the key that names them. The API's description has no shape for a filter: this is what its text says. */
export interface Conditions {
  readonly status: { readonly status: Status };
  readonly tag: { readonly tag: string };
  readonly tunnel: { readonly tunnel: string };
  readonly channel: { readonly channel: string };
  readonly bot: { readonly bot: string };
  readonly language: { readonly language: string };
  readonly variable: { readonly variable: string } & { readonly [O in Operator]?: Value };
  readonly firstContact: { readonly firstContact: Moments };
  readonly lastActive: { readonly lastActive: Moments };
  readonly behaviour: { readonly behaviour: Behaviour };
}

export type ConditionKind = keyof Conditions;
export type Condition = Conditions[ConditionKind];
export type GroupKind = 'all' | 'any' | 'none';
export type Group =
  | { readonly all: readonly Filter[] }
  | { readonly any: readonly Filter[] }
  | { readonly none: readonly Filter[] };
export type Filter = Group | Condition;

export const GROUPS = ['all', 'any', 'none'] as const satisfies GroupKind[];

const FRESH: Conditions = {
  tag: { tag: '' },
  tunnel: { tunnel: '' },
  variable: { variable: '', is: '' },
  behaviour: { behaviour: { did: 'sent', lastDays: 30 } },
  lastActive: { lastActive: { withinDays: 30 } },
  firstContact: { firstContact: { withinDays: 30 } },
  channel: { channel: '' },
  bot: { bot: '' },
  language: { language: '' },
  status: { status: 'enabled' },
};

export const CONDITIONS: readonly ConditionKind[] = Object.keys(FRESH) as ConditionKind[];

export const freshCondition = (kind: ConditionKind): Condition => ({ ...FRESH[kind] });

export const groupOf = (kind: GroupKind, parts: readonly Filter[]): Group =>
  kind === 'all' ? { all: parts } : kind === 'any' ? { any: parts } : { none: parts };

export const isGroup = (filter: Filter): filter is Group =>
  GROUPS.some((kind) => Object.hasOwn(filter, kind));

export const partsOf = (group: Group): { kind: GroupKind; parts: readonly Filter[] } => {
  if ('all' in group) return { kind: 'all', parts: group.all };
  return 'any' in group ? { kind: 'any', parts: group.any } : { kind: 'none', parts: group.none };
};

/** What a condition asks about; undefined: something that this page does not know. */
export const kindOf = (condition: Condition): ConditionKind | undefined =>
  CONDITIONS.find((kind) => Object.hasOwn(condition, kind));

/** A filter of an audience, as a group. */
export const filterOf = ({ filter }: Audience): Group => {
  const read = filter as unknown as Filter;
  return isGroup(read) ? read : { all: [read] };
};

export const withFilter = (audience: Audience, group: Group): Audience => ({
  ...audience,
  filter: group as unknown as Audience['filter'],
});

/** Something is still to be filled in. */
export const isUnfinished = (audience: Audience): boolean =>
  /:(""|\[\])[,}]/.test(JSON.stringify(audience.filter).replaceAll(/"(all|any|none)":\[\]/g, ''));
