import type { Connection, Contact } from '@crier/contracts';

/** The names of an index's columns. Sets: one per tag and tunnel. Coded: connections, language, variables. Moments: two. */
export const CONNECTIONS = 'connections';
export const LANGUAGE = 'language';
export const FIRST_CONTACT = 'firstContact';
export const LAST_ACTIVE = 'lastActive';

export const TAG = 'tag:';
export const TUNNEL = 'tunnel:';
export const VARIABLE = 'variable:';

export const isSet = (facet: string): boolean => facet.startsWith(TAG) || facet.startsWith(TUNNEL);
export const isMoments = (facet: string): boolean =>
  facet === FIRST_CONTACT || facet === LAST_ACTIVE;

/** The sets that a contact belongs to. */
export const setsOf = (contact: Contact): readonly string[] => [
  ...contact.tags.map((tag) => TAG + tag),
  ...contact.tunnels.map((tunnel) => TUNNEL + tunnel),
];

/** What a condition or the route looks at in a contact's connections, in one text; equal texts are answered once. */
type Signature = readonly (readonly [string, string, Connection['status'], 0 | 1])[];

const signatureOf = (connections: readonly Connection[]): string => {
  const signature: Signature = connections.map(({ botId, channel, status, main }) => [
    botId,
    channel,
    status,
    main ? 1 : 0,
  ]);
  return JSON.stringify(signature.toSorted(([left], [right]) => (left < right ? -1 : 1)));
};

/** The connections of a signature, as far as conditions and the route ask. */
export const connectionsOf = (signature: string | undefined): readonly Connection[] =>
  signature === undefined
    ? []
    : (JSON.parse(signature) as Signature).map(([botId, channel, status, main]) => ({
        botId,
        channel,
        address: '',
        status,
        statusAt: '',
        main: main === 1,
      }));

/** The coded values of a contact, by column. */
export const codedOf = (contact: Contact): readonly (readonly [string, unknown])[] => [
  ...(contact.connections.length > 0
    ? [[CONNECTIONS, signatureOf(contact.connections)] as const]
    : []),
  ...(contact.language === undefined ? [] : [[LANGUAGE, contact.language] as const]),
  ...Object.entries(contact.variables).map(([name, value]) => [VARIABLE + name, value] as const),
];

export const momentOf = (contact: Contact, facet: string): number =>
  Date.parse(facet === FIRST_CONTACT ? contact.firstContactAt : contact.lastActiveAt);
