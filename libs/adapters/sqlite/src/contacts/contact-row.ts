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
];

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
    contact.connections.map((one) => [
      one.botId,
      one.channel,
      one.address,
      one.status,
      Date.parse(one.statusAt),
      one.main ? 1 : 0,
    ]),
  ];
  return JSON.stringify(packed);
};

const unpackConnection = (packed: PackedConnection): Connection => {
  const [botId, channel, address, status, statusAt, main] = packed;
  return {
    botId,
    channel,
    address,
    status,
    statusAt: new Date(statusAt).toISOString(),
    main: main === 1,
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
