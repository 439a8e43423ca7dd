import type { Channel, Connection, Contact, VariableValue } from '@crier/contracts';
import type { ContactChange } from '../application/contact-directory.ts';
import {
  MAX_CONNECTIONS,
  MAX_LABELS,
  MAX_VARIABLES,
  refuseField,
  tooMany,
} from './change-fields.ts';
import { reading, type Read } from './contact-change.ts';

/** What applying a change needs besides the change. */
export interface ChangeContext {
  /** Stands in for moments that the change does not tell. */
  readonly now: string;
  /** The id of the contact if it is new. */
  readonly freshId: string;
  /** The channel of a bot; undefined for an unknown one. */
  readonly channelOf: (botId: string) => Channel | undefined;
}

type ConnectionChange = NonNullable<ContactChange['connections']>[number];

const kept = <Value>(asked: Value | null | undefined, known: Value | undefined) =>
  asked === undefined ? known : (asked ?? undefined);

const labels = (
  known: readonly string[],
  asked: {
    readonly field: string;
    readonly all: readonly string[] | undefined;
    readonly add: readonly string[] | undefined;
    readonly remove: readonly string[] | undefined;
  },
): readonly string[] => {
  const merged = new Set(asked.all ?? known);
  for (const label of asked.remove ?? []) merged.delete(label);
  for (const label of asked.add ?? []) merged.add(label);
  return merged.size > MAX_LABELS ? tooMany(asked.field, MAX_LABELS) : [...merged];
};

const variables = (
  known: Readonly<Record<string, VariableValue>>,
  asked: ContactChange['variables'],
): Readonly<Record<string, VariableValue>> => {
  if (!asked) return known;
  const merged = new Map<string, VariableValue | null>(Object.entries(known));
  for (const [name, value] of Object.entries(asked)) merged.set(name, value);
  const entries = [...merged].filter(
    (entry): entry is [string, VariableValue] => entry[1] !== null,
  );
  return entries.length > MAX_VARIABLES
    ? tooMany('variables', MAX_VARIABLES)
    : Object.fromEntries(entries);
};

/** A connection's newer status; an older one never wins. */
export const withStatus = (
  known: Connection,
  status: Connection['status'],
  at: string,
): Connection => (at < known.statusAt ? known : { ...known, status, statusAt: at });

const connection = (
  known: Connection | undefined,
  asked: ConnectionChange,
  { channelOf, now, index }: ChangeContext & { readonly index: number },
): Connection => {
  const { botId, address } = asked;
  const channel =
    channelOf(botId) ??
    refuseField(
      `connections[${index}].botId`,
      'UNKNOWN_BOT',
      'Register this bot first, or correct its id.',
    );
  const at = asked.statusAt ?? now;
  const main = asked.main ?? known?.main ?? false;
  if (!known) {
    return { botId, channel, address, status: asked.status ?? 'enabled', statusAt: at, main };
  }
  const moved = { ...known, channel, address, main };
  return asked.status === undefined || (asked.status === known.status && !asked.statusAt)
    ? moved
    : withStatus(moved, asked.status, at);
};

const connections = (
  known: readonly Connection[],
  asked: readonly ConnectionChange[] | undefined,
  context: ChangeContext,
): readonly Connection[] => {
  if (!asked) return known;
  const merged = new Map(known.map((one) => [one.botId, one]));
  for (const [index, one] of asked.entries()) {
    merged.set(one.botId, connection(merged.get(one.botId), one, { ...context, index }));
  }
  if (merged.size > MAX_CONNECTIONS) return tooMany('connections', MAX_CONNECTIONS);
  const all = [...merged.values()];
  const mainBot =
    asked.find(({ main }) => main === true)?.botId ??
    (all.find(({ main }) => main) ?? all[0])?.botId;
  return all.map((one) =>
    one.main === (one.botId === mainBot) ? one : { ...one, main: !one.main },
  );
};

const identity = (known: Contact | undefined, change: ContactChange) => {
  const fields = {
    externalId: kept(change.externalId, known?.externalId),
    firstName: kept(change.firstName, known?.firstName),
    lastName: kept(change.lastName, known?.lastName),
    language: kept(change.language, known?.language),
    zone: kept(change.zone, known?.zone),
  };
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<Record<keyof typeof fields, string>>;
};

/**
 * A contact after a checked change ({@link parseContactChange}). Exactly one connection is the main one; the first,
 * unless another says so. Refuses unknown bots and what would grow a contact beyond its limits.
 */
export const applyChange = (
  known: Contact | undefined,
  change: ContactChange,
  context: ChangeContext,
): Read<Contact> =>
  reading(() => ({
    id: known?.id ?? context.freshId,
    ...identity(known, change),
    tags: labels(known?.tags ?? [], {
      field: 'tags',
      all: change.tags,
      add: change.addTags,
      remove: change.removeTags,
    }),
    tunnels: labels(known?.tunnels ?? [], {
      field: 'tunnels',
      all: change.tunnels,
      add: change.addTunnels,
      remove: change.removeTunnels,
    }),
    variables: variables(known?.variables ?? {}, change.variables),
    firstContactAt: change.firstContactAt ?? known?.firstContactAt ?? context.now,
    lastActiveAt:
      change.lastActiveAt ??
      known?.lastActiveAt ??
      change.firstContactAt ??
      known?.firstContactAt ??
      context.now,
    connections: connections(known?.connections ?? [], change.connections, context),
  }));
