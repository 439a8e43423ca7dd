import type { RecipientCard } from '@crier/audience';
import type { Connection, Contact, VariableValue } from '@crier/contracts';

/** A contact as its row keeps it: a list, because a million repeated field names are a hundred megabytes. */
type Packed = readonly [
  externalId: string | null,
  firstName: string | null,
  lastName: string | null,
  language: string | null,
  zone: string | null,
  tags: readonly string[],
  tunnels: readonly string[],
  variables: Readonly<Record<string, VariableValue>>,
  firstContact: number,
  lastActive: number,
  connections: readonly PackedConnection[],
];

type PackedConnection = readonly [
  botId: string,
  channel: string,
  address: string,
  status: Connection['status'],
  statusAt: number,
  main: 0 | 1,
  /** Absent where nobody told. */
  active?: number,
];

const packConnection = (one: Connection): PackedConnection => {
  const { botId, channel, address, status, statusAt, activeAt } = one;
  const main = one.main ? 1 : 0;
  const packed = [botId, channel, address, status, Date.parse(statusAt), main] as const;
  return activeAt === undefined ? packed : [...packed, Date.parse(activeAt)];
};

/** The stored form of a contact; the id stands in a column of its own. */
export const packContact = (contact: Contact): string => {
  const packed: Packed = [
    contact.externalId ?? null,
    contact.firstName ?? null,
    contact.lastName ?? null,
    contact.language ?? null,
    contact.zone ?? null,
    contact.tags,
    contact.tunnels,
    contact.variables,
    Date.parse(contact.firstContactAt),
    Date.parse(contact.lastActiveAt),
    contact.connections.map(packConnection),
  ];
  return JSON.stringify(packed);
};

const unpackConnection = (packed: PackedConnection): Connection => {
  const [botId, channel, address, status, statusAt, main, active] = packed;
  return {
    botId,
    channel,
    address,
    status,
    statusAt: new Date(statusAt).toISOString(),
    main: main === 1,
    ...(active === undefined ? {} : { activeAt: new Date(active).toISOString() }),
  };
};

/** The contact of a stored form. */
export const unpackContact = (id: string, doc: string): Contact => {
  const [
    externalId,
    firstName,
    lastName,
    language,
    zone,
    tags,
    tunnels,
    variables,
    first,
    last,
    ways,
  ] = JSON.parse(doc) as Packed;
  return {
    id,
    ...(externalId === null ? {} : { externalId }),
    ...(firstName === null ? {} : { firstName }),
    ...(lastName === null ? {} : { lastName }),
    ...(language === null ? {} : { language }),
    ...(zone === null ? {} : { zone }),
    tags,
    tunnels,
    variables,
    firstContactAt: new Date(first).toISOString(),
    lastActiveAt: new Date(last).toISOString(),
    connections: ways.map(unpackConnection),
  };
};

const nameOf = (first: string | null, last: string | null): string | null =>
  first === null || last === null ? (first ?? last) : `${first} ${last}`;

/**
 * The card of a stored form at one bot; undefined where there is no connection. Written out by hand: this is read once for
 * every message. The person's own fields win over variables of the same names.
 */
export const unpackCard = (id: string, doc: string, botId: string): RecipientCard | undefined => {
  const [, firstName, lastName, language, , , , own, , lastActive, ways] = JSON.parse(
    doc,
  ) as Packed;
  const connection = ways.find((way) => way[0] === botId);
  if (!connection) return undefined;
  const name = nameOf(firstName, lastName);
  return {
    contactId: id,
    address: connection[2],
    status: connection[3],
    activeAt: new Date(connection[6] ?? lastActive).toISOString(),
    variables: {
      ...own,
      ...(firstName === null ? {} : { first_name: firstName }),
      ...(lastName === null ? {} : { last_name: lastName }),
      ...(name === null ? {} : { name }),
      ...(language === null ? {} : { language }),
    },
  };
};
