import {
  nameOfEvent,
  shortened,
  type Sender,
  type WebhookEvent,
  type WebhookReading,
} from '@crier/connector';
import type { Activity } from '@microsoft/agents-activity';
import { addressOf } from '../addresses.ts';
import { REF_PREFIX } from '../content/buttons.ts';
import { fieldsOf, textIn, type Fields } from '../json.ts';

type Authentic = Extract<WebhookReading, { authentic: true }>;

/** The fields of an activity that are read here; what stands in them may be anything. */
type Told = Readonly<Partial<Record<keyof Activity, unknown>>>;

/** What all events of an activity have. */
interface Common {
  readonly address: string;
  readonly at: string;
  readonly dedupe: string;
}

export const FOREIGN: Authentic = { authentic: true, events: [], foreign: true };

const REF = /^[\w-]{1,62}$/;
const GROUPS: readonly unknown[] = ['groupChat', 'channel'];
/** More of what people write is not looked at. */
const MOST_TEXT_LENGTH = 256;

// What people do concerns the team's own chat bot too.
const shared = (event: WebhookEvent): Authentic => ({ ...FOREIGN, events: [event] });

/** Whole names only are known: the first word is taken for the first name. */
const namesIn = (name: unknown): { readonly firstName?: string; readonly lastName?: string } => {
  const [firstName = '', ...others] = textIn(name).trim().split(/\s+/);
  const lastName = others.join(' ');
  return { ...(firstName && { firstName }), ...(lastName && { lastName }) };
};

/** A person who can be written to from now on. */
const started = (person: Fields, { locale, text }: Told, common: Common): Authentic => {
  const language = textIn(locale);
  const said = shortened(textIn(text), MOST_TEXT_LENGTH);
  const names = namesIn(person['name']);
  return shared({
    kind: 'started',
    ...names,
    ...(language && { language }),
    ...(said && { text: said }),
    ...common,
  });
};

const left = (status: 'blocked' | 'unsubscribed', common: Common): Authentic =>
  shared({ kind: 'status', status, ...common });

/** The ref of a button of ours: what was pressed comes as words, as a value, or as both. */
const refIn = ({ text, value }: Told): string | undefined =>
  [value, text]
    .map(textIn)
    .filter((said) => said.startsWith(REF_PREFIX))
    .map((said) => said.slice(REF_PREFIX.length))
    .find((ref) => REF.test(ref));

const message = (activity: Told, common: Common): Authentic => {
  const ref = refIn(activity);
  // Whoever writes can be written to.
  if (ref === undefined) return started(fieldsOf(activity.from), activity, common);
  const pressId = textIn(activity.id);
  const pressed = { kind: 'pressed', ref, pressId, ...common } as const;
  return { authentic: true, events: [pressed], foreign: false };
};

/** Somebody takes the bot among their contacts, or throws it out; on Teams the same has the name of an installation. */
const relation = (activity: Told, common: Common): Authentic => {
  if (activity.action === 'add') return started(fieldsOf(activity.from), {}, common);
  return activity.action === 'remove' ? left('blocked', common) : FOREIGN;
};

const membersIn = (value: unknown): readonly Fields[] =>
  Array.isArray(value) ? value.map(fieldsOf) : [];

/** The conversation of one person and the bot begins, or ends. */
const members = (activity: Told, common: Common): Authentic => {
  const added = membersIn(activity.membersAdded);
  const bot = fieldsOf(activity.recipient)['id'];
  const person = [...added, fieldsOf(activity.from)].find(({ id }) => id !== bot) ?? {};
  if (added.length > 0) return started(person, {}, common);
  return membersIn(activity.membersRemoved).length > 0 ? left('unsubscribed', common) : FOREIGN;
};

const READERS: Readonly<Record<string, (activity: Told, common: Common) => Authentic>> = {
  message,
  contactRelationUpdate: relation,
  installationUpdate: relation,
  conversationUpdate: members,
  messageReaction: (_, common) => shared({ kind: 'active', ...common }),
};

const isGroup = ({ isGroup: flag, conversationType }: Fields): boolean =>
  flag === true || GROUPS.includes(conversationType);

const instantOf = (timestamp: unknown, clock: () => number): string => {
  const ms = Date.parse(textIn(timestamp));
  return new Date(Number.isNaN(ms) ? clock() : ms).toISOString();
};

/** A name for ever of this activity of this conversation; some kinds have no id of their own. */
const dedupeOf = (sender: Sender, { id, type, action, timestamp, channelId }: Told, at: string) => {
  const own = textIn(id) || [type, action, timestamp].map(textIn).join(' ');
  return nameOfEvent('skype', sender.id, textIn(channelId), at, own);
};

/** Reads an activity that is known to come from the Connector; `clock`: milliseconds since 1970. */
export const readActivity = (sender: Sender, activity: Told, clock: () => number): Authentic => {
  const type = textIn(activity.type);
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  const conversation = fieldsOf(activity.conversation);
  const id = textIn(conversation['id']);
  const address = addressOf(sender, textIn(activity.serviceUrl), id);
  if (read === undefined || address === undefined || isGroup(conversation)) return FOREIGN;
  const at = instantOf(activity.timestamp, clock);
  return read(activity, { address, at, dedupe: dedupeOf(sender, activity, id) });
};
