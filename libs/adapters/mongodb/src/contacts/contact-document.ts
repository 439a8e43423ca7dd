import type { RecipientCard } from '@crier/audience';
import type { Connection, Contact, VariableValue } from '@crier/contracts';

/** A contact as its collection keeps it. */
export interface ContactDocument extends Omit<
  Contact,
  'id' | 'variables' | 'firstContactAt' | 'lastActiveAt' | 'connections'
> {
  readonly _id: string;
  /** Another text after every change: a change replaces only what it has seen. */
  readonly revision: string;
  /** What finds this one contact and nobody else: its external id and its addresses. Absent where there is none. */
  readonly keys?: readonly string[];
  /** The ranges that find the language: `pt-BR` is found by `pt` and `pt-br`. */
  readonly ranges: readonly string[];
  /** A list, because a name may hold dots and one index shall serve all names. */
  readonly variables: readonly { readonly name: string; readonly value: VariableValue }[];
  readonly firstContactAt: Date;
  readonly lastActiveAt: Date;
  readonly connections: readonly ConnectionDocument[];
  /** What routing looks at in the connections, in one text: equal texts go the same way. */
  readonly ways: string;
}

export interface ConnectionDocument extends Omit<Connection, 'statusAt' | 'activeAt'> {
  readonly statusAt: Date;
  readonly activeAt?: Date;
}

const connectionDocument = ({ statusAt, activeAt, ...same }: Connection): ConnectionDocument => ({
  ...same,
  statusAt: new Date(statusAt),
  ...(activeAt === undefined ? {} : { activeAt: new Date(activeAt) }),
});

/** Not the form of any address key, which begins with a bracket. */
const EXTERNAL = 'external ';

/** The key of an external id. */
export const externalKey = (externalId: string): string => EXTERNAL + externalId;

/** The key of an address at a bot. */
export const addressKey = (botId: string, address: string): string =>
  JSON.stringify([botId, address]);

/** The keys that a contact holds, or that a change speaks of. */
export const keysOf = (who: {
  readonly externalId?: string | null;
  readonly connections?: readonly Pick<Connection, 'botId' | 'address'>[];
}): readonly string[] => [
  ...(typeof who.externalId === 'string' ? [externalKey(who.externalId)] : []),
  ...(who.connections ?? []).map(({ botId, address }) => addressKey(botId, address)),
];

const rangesOf = (language: string | undefined): readonly string[] => {
  if (language === undefined) return [];
  const parts = language.toLowerCase().split('-');
  return parts.map((_, index) => parts.slice(0, index + 1).join('-'));
};

type Way = readonly [botId: string, status: Connection['status'], main: 0 | 1];

const waysOf = (connections: readonly Connection[]): string => {
  const ways = connections.map(({ botId, status, main }): Way => [botId, status, main ? 1 : 0]);
  return JSON.stringify(ways.toSorted(([left], [right]) => (left < right ? -1 : 1)));
};

/** The connections of a document's `ways`, as far as routing looks at them. */
export const routable = (ways: string): Pick<Contact, 'connections'> => ({
  connections: (JSON.parse(ways) as readonly Way[]).map(([botId, status, main]) => ({
    ...NOT_ASKED,
    botId,
    status,
    main: main === 1,
  })),
});

const NOT_ASKED = { channel: '', address: '', statusAt: '' };

/** The number zero has two forms in storage, and only one in every comparison of values. */
export const storable = (value: VariableValue): VariableValue => (value === 0 ? 0 : value);

/** The stored form of a contact. */
export const documentOf = (contact: Contact, revision: string): ContactDocument => {
  const { id, variables, firstContactAt, lastActiveAt, connections, ...same } = contact;
  const keys = keysOf(contact);
  return {
    _id: id,
    revision,
    ...(keys.length === 0 ? {} : { keys }),
    ...same,
    ranges: rangesOf(contact.language),
    variables: Object.entries(variables).map(([name, value]) => ({ name, value: storable(value) })),
    firstContactAt: new Date(firstContactAt),
    lastActiveAt: new Date(lastActiveAt),
    connections: connections.map(connectionDocument),
    ways: waysOf(connections),
  };
};

/** The contact of a stored form. */
export const contactOf = (document: ContactDocument): Contact => {
  const { externalId, firstName, lastName, language, zone } = document;
  return {
    id: document._id,
    ...(externalId === undefined ? {} : { externalId }),
    ...(firstName === undefined ? {} : { firstName }),
    ...(lastName === undefined ? {} : { lastName }),
    ...(language === undefined ? {} : { language }),
    ...(zone === undefined ? {} : { zone }),
    tags: document.tags,
    tunnels: document.tunnels,
    variables: variablesOf(document),
    firstContactAt: document.firstContactAt.toISOString(),
    lastActiveAt: document.lastActiveAt.toISOString(),
    connections: document.connections.map((one) => ({
      botId: one.botId,
      channel: one.channel,
      address: one.address,
      status: one.status,
      statusAt: one.statusAt.toISOString(),
      main: one.main,
      ...(one.activeAt === undefined ? {} : { activeAt: one.activeAt.toISOString() }),
    })),
  };
};

const variablesOf = ({ variables }: Pick<ContactDocument, 'variables'>): Contact['variables'] =>
  Object.fromEntries(variables.map(({ name, value }) => [name, value]));

/** What {@link cardOf} reads. */
export const CARD_FIELDS = {
  firstName: 1,
  lastName: 1,
  language: 1,
  variables: 1,
  lastActiveAt: 1,
  connections: 1,
} as const;

/** The card at one bot; undefined without a connection there. The person's own fields win over variables of the same names. */
export const cardOf = (document: ContactDocument, botId: string): RecipientCard | undefined => {
  const connection = document.connections.find((one) => one.botId === botId);
  if (!connection) return undefined;
  const { firstName, lastName, language } = document;
  const name = [firstName, lastName].filter((part) => part !== undefined).join(' ');
  return {
    contactId: document._id,
    address: connection.address,
    status: connection.status,
    activeAt: (connection.activeAt ?? document.lastActiveAt).toISOString(),
    variables: {
      ...variablesOf(document),
      ...(firstName === undefined ? {} : { first_name: firstName }),
      ...(lastName === undefined ? {} : { last_name: lastName }),
      ...(name === '' ? {} : { name }),
      ...(language === undefined ? {} : { language }),
    },
  };
};
