import type { Bot } from '../bots.ts';
import { asObject, type Params } from '../telegram-methods/method.ts';
import { callBack } from './callbacks.ts';
import { OK, statusOf, type Status } from './statuses.ts';
import type { ViberWorld } from './world.ts';

type Answered = Status & Params;

const EVENT_TYPES = [
  'delivered',
  'seen',
  'failed',
  'subscribed',
  'unsubscribed',
  'conversation_started',
];

const eventTypes = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((type) => typeof type === 'string') : EVENT_TYPES;

/** Sets the webhook after it was called and answered 200; an empty `url` removes it. */
const setWebhook = async (world: ViberWorld, bot: Bot, params: Params): Promise<Answered> => {
  const { url = '', event_types: types } = params;
  if (url === '') {
    bot.webhook = undefined;
    return OK;
  }
  // Plain http too, which Viber refuses: a sandbox serves machines without certificates.
  if (typeof url !== 'string' || !/^https?:$/.test(URL.parse(url)?.protocol ?? ''))
    return statusOf('invalidUrl');
  const before = bot.webhook;
  const allowedUpdates = eventTypes(types);
  bot.webhook = { url, secretToken: undefined, allowedUpdates };
  const greeting = { event: 'webhook', fields: {}, retry: false };
  const { status } = await callBack(world, bot, greeting);
  if (status === 200) return { ...OK, event_types: allowedUpdates };
  bot.webhook = before;
  return statusOf('invalidUrl', `the webhook answered ${status}`);
};

const accountInfo = (bot: Bot): Answered => ({
  ...OK,
  id: `pa:${bot.id}`,
  name: bot.name,
  uri: bot.username,
  webhook: bot.webhook?.url ?? '',
  event_types: bot.webhook?.allowedUpdates ?? [],
});

/** The methods that send nothing, by name. */
export const ACCOUNT_METHODS: ReadonlyMap<
  string,
  (world: ViberWorld, bot: Bot, params: Params) => Answered | Promise<Answered>
> = new Map<string, (world: ViberWorld, bot: Bot, params: Params) => Answered | Promise<Answered>>([
  ['set_webhook', setWebhook],
  ['get_account_info', (_world, bot) => accountInfo(bot)],
]);

/** A JSON object; `undefined` for anything else. */
export const readParams = (body: Buffer): Params | undefined => {
  try {
    return asObject(JSON.parse(body.toString()));
  } catch {
    return undefined;
  }
};
