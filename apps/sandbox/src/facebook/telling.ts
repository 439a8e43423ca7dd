import { knownBot } from '../admin-actions.ts';
import { AdminFields } from '../admin-fields.ts';
import type { Bot } from '../bots.ts';
import { NotThere } from '../errors.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import { isCallbackVerified } from './callback-check.ts';
import { byPerson, delivered, echoed, tell, type PageEvent } from './page-events.ts';
import type { FacebookWorld } from './world.ts';

const PERSONAL = ['start', 'say', 'open', 'optin', 'delivered', 'seen', 'echo'] as const;
const SILENT = ['block', 'unblock'] as const;
const KINDS = [...PERSONAL, ...SILENT, 'callback'] as const;
/** Who does this has not blocked the Page, or no longer. */
const RETURNS: readonly string[] = ['unblock', 'start', 'say'];
const FIELDS = [
  'bot',
  'update',
  'chat',
  'kind',
  'payload',
  'text',
  'messageId',
  'url',
  'verifyToken',
  'retry',
];

interface Telling {
  readonly world: FacebookWorld;
  readonly bot: Bot;
  readonly psid: string;
  readonly fields: AdminFields;
}

type Maker = (telling: Telling) => PageEvent;

const person =
  (whatOf: (telling: Telling) => Params): Maker =>
  (telling) =>
    byPerson(telling.bot, telling.psid, whatOf(telling));

const link = (ref: string | undefined, type: string): Params => ({
  ref,
  source: 'SHORTLINK',
  type,
});

/** A quick reply's tap comes as a message, too. */
const said = ({ world, fields }: Telling): Params => {
  const payload = fields.optionalText('payload');
  const reply = payload === undefined ? {} : { quick_reply: { payload } };
  return { message: { mid: world.mids.takeOther(), text: fields.text('text'), ...reply } };
};

const started = ({ world, fields }: Telling): Params => {
  const ref = fields.optionalText('payload');
  const referral = ref === undefined ? {} : { referral: link(ref, 'OPEN_THREAD') };
  const mid = world.mids.takeOther();
  return { postback: { mid, title: 'Get Started', payload: 'GET_STARTED', ...referral } };
};

const echo: Maker = ({ world, bot, psid, fields }) => {
  const wanted = fields.text('messageId');
  const messages = world.chats.messages(bot, world.receivers.numberOf(psid));
  const message = messages.find(({ mid }) => mid === wanted);
  if (message === undefined) throw new NotThere('the chat has no such message (or no longer)');
  return echoed(world, bot, { psid, mid: wanted, message });
};

const MAKERS: Readonly<Record<(typeof PERSONAL)[number], Maker>> = {
  start: person(started),
  say: person(said),
  open: person(({ fields }) => ({ referral: link(fields.text('payload'), 'OPEN_THREAD') })),
  optin: person(({ fields }) => ({ optin: { ref: fields.optionalText('payload') } })),
  delivered: person(({ fields }) => {
    const id = fields.optionalText('messageId');
    return delivered(id === undefined ? [] : [id], Date.now());
  }),
  seen: person(() => ({ read: { watermark: Date.now() } })),
  echo,
};

/** The team enters an address in the app's settings, where Messenger calls it at once. */
const enterCallback = async (
  { pages }: FacebookWorld,
  bot: Bot,
  fields: AdminFields,
): Promise<{ readonly verified: boolean }> => {
  const url = fields.text('url');
  const verified = await isCallbackVerified(url, fields.text('verifyToken'));
  if (verified) pages.setCallback(bot, url);
  return { verified };
};

/** A call as given, or an event that is put into one. */
const tellGiven = (
  world: FacebookWorld,
  bot: Bot,
  { update, retry }: { readonly update: Params; readonly retry: boolean },
): Promise<Delivery> =>
  update['object'] === undefined
    ? tell(world, bot, { event: update, retry })
    : world.webhooks.deliverBody(bot, { kind: 'messages', body: JSON.stringify(update) }, retry);

/** What somebody did; who blocks the Page is refused from now on, of which Messenger tells nothing. */
const tellDone = (
  telling: Telling,
  kind: (typeof PERSONAL)[number] | (typeof SILENT)[number],
  retry: boolean,
): Promise<unknown> => {
  const { world, bot, psid } = telling;
  const chat = world.receivers.numberOf(psid);
  if (kind === 'block') bot.blocked.add(chat);
  if (RETURNS.includes(kind)) bot.blocked.delete(chat);
  return kind === 'block' || kind === 'unblock'
    ? Promise.resolve({ status: 0, reason: 'not_told' })
    : tell(world, bot, { event: MAKERS[kind](telling), retry });
};

/**
 * Calls the Page's webhook: with an event or a whole call as given, or with what somebody did.
 * @throws BadInput naming the field; NotThere when the bot or the message does not exist.
 */
export const sendUpdate = (world: FacebookWorld, body: unknown): Promise<unknown> => {
  const fields = new AdminFields(body).only(FIELDS);
  const bot = knownBot(world, fields.text('bot'));
  const retry = fields.optionalFlag('retry') ?? true;
  if (!fields.has('kind')) {
    fields.object('update');
    return tellGiven(world, bot, { update: asObject(fields.raw('update')) ?? {}, retry });
  }
  const kind = fields.choice('kind', KINDS);
  if (kind === 'callback') return enterCallback(world, bot, fields);
  return tellDone({ world, bot, psid: fields.text('chat'), fields }, kind, retry);
};
