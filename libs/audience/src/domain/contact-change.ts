import type { ContactChange } from '../application/contact-directory.ts';
import {
  booleanOf,
  fieldsOf,
  instantOf,
  labelsOf,
  languageOf,
  MAX_CONNECTIONS,
  Refused,
  refuseField,
  statusOf,
  textOf,
  tooMany,
  variablesOf,
  zoneOf,
  type Refusal,
} from './change-fields.ts';

export type { Refusal } from './change-fields.ts';

type ConnectionChange = NonNullable<ContactChange['connections']>[number];
type Reader = (value: unknown, field: string) => unknown;

const nullable =
  (read: Reader): Reader =>
  (value, field) =>
    value === null ? null : read(value, field);

const CONNECTION_READERS: Readonly<Record<string, Reader>> = {
  botId: (value, field) => textOf(value, field),
  address: (value, field) => textOf(value, field),
  status: statusOf,
  statusAt: instantOf,
  main: booleanOf,
};

const read = (
  json: unknown,
  field: string,
  readers: Readonly<Record<string, Reader>>,
): Readonly<Record<string, unknown>> => {
  const given = fieldsOf(json, field, Object.keys(readers));
  const result: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    result[key] = readers[key]?.(value, field === '' ? key : `${field}.${key}`);
  }
  return result;
};

const connectionOf = (json: unknown, field: string): ConnectionChange => {
  const fields = read(json, field, CONNECTION_READERS);
  if (fields.botId === undefined || fields.address === undefined) {
    refuseField(field, 'CONNECTION_INCOMPLETE', 'Give both botId and address.');
  }
  return fields as unknown as ConnectionChange;
};

const connectionsOf = (json: unknown, field: string): readonly ConnectionChange[] => {
  if (!Array.isArray(json)) return refuseField(field, 'LIST_EXPECTED', 'Give a list.');
  if (json.length > MAX_CONNECTIONS) return tooMany(field, MAX_CONNECTIONS);
  const connections = json.map((one, index) => connectionOf(one, `${field}[${index}]`));
  const bots = connections.map(({ botId }) => botId);
  const repeated = bots.findIndex((botId, index) => bots.indexOf(botId) < index);
  if (repeated >= 0) {
    refuseField(`${field}[${repeated}].botId`, 'BOT_REPEATED', 'Name each bot once.');
  }
  if (connections.filter(({ main }) => main === true).length > 1) {
    refuseField(field, 'SEVERAL_MAIN', 'Only one connection can be the main one.');
  }
  return connections;
};

const READERS: Readonly<Record<string, Reader>> = {
  id: (value, field) => textOf(value, field),
  externalId: nullable((value, field) => textOf(value, field)),
  firstName: nullable((value, field) => textOf(value, field)),
  lastName: nullable((value, field) => textOf(value, field)),
  language: nullable(languageOf),
  zone: nullable(zoneOf),
  tags: labelsOf,
  tunnels: labelsOf,
  addTags: labelsOf,
  removeTags: labelsOf,
  addTunnels: labelsOf,
  removeTunnels: labelsOf,
  variables: variablesOf,
  firstContactAt: instantOf,
  lastActiveAt: instantOf,
  connections: connectionsOf,
};

/** A value, or the first thing that is wrong with it. */
export type Read<Value> = { readonly ok: true; readonly value: Value } | Refusal;

/** Runs readers that refuse by throwing {@link Refused}; gives the refusal as a value. */
export const reading = <Value>(work: () => Value): Read<Value> => {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
};

/**
 * Checks a change of any JSON: every field's type, length and form; unknown fields are refused. Instants come out in UTC,
 * language tags in their canonical case, labels without repeats.
 */
export const parseContactChange = (json: unknown): Read<ContactChange> =>
  reading(() => read(json, '', READERS));
