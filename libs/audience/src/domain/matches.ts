import type {
  Connection,
  Contact,
  Filter,
  Route,
  VariableCondition,
  VariableValue,
} from '@crier/contracts';
import { doersOf, type AskedAudience } from './behaviours.ts';
import { holdsId } from './contact-ids.ts';
import { isWithin, spanOf } from './moments.ts';

/** The conditions that look only at a contact's connections. */
export type ConnectionCondition = Extract<
  Filter,
  { status: unknown } | { channel: unknown } | { bot: unknown }
>;

type Known = Pick<Connection, 'botId' | 'channel' | 'status' | 'main'>;

/** Whether the connections of one contact meet a condition; `status` asks those that the route may use. */
export const connectionsMatch = (
  condition: ConnectionCondition,
  connections: readonly Known[],
  route: Route,
): boolean => {
  if ('channel' in condition) {
    return connections.some(({ channel }) => channel === condition.channel);
  }
  if ('bot' in condition) return connections.some(({ botId }) => botId === condition.bot);

  return connections.some(
    ({ status, main, botId }) =>
      status === condition.status && (route === 'main' ? main : route.bots.includes(botId)),
  );
};

// Lower case first: of both cases of ß, only the small one has the upper form SS.
const folded = (text: string): string => text.toLowerCase().toUpperCase().normalize('NFC');

const isAbove = (value: VariableValue | undefined, limit: VariableValue): boolean =>
  (typeof value === 'number' && typeof limit === 'number' && value > limit) ||
  (typeof value === 'string' && typeof limit === 'string' && value > limit);

const isBelow = (value: VariableValue | undefined, limit: VariableValue): boolean =>
  (typeof value === 'number' && typeof limit === 'number' && value < limit) ||
  (typeof value === 'string' && typeof limit === 'string' && value < limit);

const contains = (value: VariableValue | undefined, part: string): boolean =>
  typeof value === 'string' && folded(value).includes(folded(part));

/**
 * Whether a variable's value (undefined: the contact has none) meets everything that the condition asks. `isNot` is the exact
 * opposite of `is`, so it also holds where there is no value. Values of different types are never equal, above or below.
 */
export const valueMatches = (
  asked: VariableCondition,
  value: VariableValue | undefined,
): boolean => {
  const { is, isNot, above, below, exists } = asked;
  const equality = (is === undefined || value === is) && (isNot === undefined || value !== isNot);
  const order =
    (above === undefined || isAbove(value, above)) &&
    (below === undefined || isBelow(value, below));
  const presence = exists === undefined || exists === (value !== undefined);
  return (
    equality &&
    order &&
    presence &&
    (asked.contains === undefined || contains(value, asked.contains))
  );
};

/** A language range of RFC 4647: `en` finds `en` and `en-GB`, in any case of letters. */
export const languageMatches = (wanted: string, language: string | undefined): boolean => {
  if (language === undefined) return false;
  const [range, tag] = [wanted.toLowerCase(), language.toLowerCase()];
  return tag === range || tag.startsWith(`${range}-`);
};

const variableOf = (
  contact: Pick<Contact, 'variables'>,
  name: string,
): VariableValue | undefined =>
  Object.hasOwn(contact.variables, name) ? contact.variables[name] : undefined;

/**
 * Whether an audience's filter finds a contact: the meaning of filters, which every index must agree with. `now` is an ISO
 * instant. An empty `all` or `none` finds everybody, an empty `any` nobody. @throws BehaviourUnresolved
 */
export const matches = (contact: Contact, audience: AskedAudience, now: string): boolean => {
  const meets = (filter: Filter): boolean => {
    if ('all' in filter) return filter.all.every(meets);
    if ('any' in filter) return filter.any.some(meets);
    if ('none' in filter) return !filter.none.some(meets);
    if ('behaviour' in filter) return holdsId(doersOf(audience, filter.behaviour), contact.id);
    return conditionMatches(contact, filter, { route: audience.route, now });
  };
  return meets(audience.filter);
};

/** A condition that looks at nothing but the contact. */
export type ContactCondition = Exclude<
  Filter,
  { all: unknown } | { any: unknown } | { none: unknown } | { behaviour: unknown }
>;

const conditionMatches = (
  contact: Contact,
  asked: ContactCondition,
  { route, now }: { readonly route: Route; readonly now: string },
): boolean => {
  if ('tag' in asked) return contact.tags.includes(asked.tag);
  if ('tunnel' in asked) return contact.tunnels.includes(asked.tunnel);
  if ('language' in asked) return languageMatches(asked.language, contact.language);
  if ('variable' in asked) return valueMatches(asked, variableOf(contact, asked.variable));
  if ('firstContact' in asked) {
    return isWithin(spanOf(asked.firstContact, now), Date.parse(contact.firstContactAt));
  }
  if ('lastActive' in asked) {
    return isWithin(spanOf(asked.lastActive, now), Date.parse(contact.lastActiveAt));
  }
  return connectionsMatch(asked, contact.connections, route);
};
