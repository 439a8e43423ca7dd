import { createHash } from 'node:crypto';
import type { Bot } from '../bots.ts';
import type { Params } from '../telegram-methods/method.ts';
import type { CallbackServer } from './callback-servers.ts';
import { errorOf, type VkError } from './errors.ts';
import { integerIn, textIn } from './params.ts';
import type { VkWorld } from './world.ts';

/** What a method that sends nothing answers. */
export type Answered = { readonly response: unknown } | VkError;

/** A call of such a method. */
export interface PlainCall {
  readonly world: VkWorld;
  readonly bot: Bot;
  readonly params: Params;
  /** Of this server, as the caller reaches it, without a slash at its end. */
  readonly origin: string;
}

const MOST_SERVERS = 10;
const MOST_TITLE = 14;
const MOST_SECRET = 50;
const DONE: Answered = { response: 1 };

/** The text by which a community's servers prove themselves: the same for ever. */
export const confirmationCode = ({ token, id }: Bot): string =>
  createHash('sha256').update(`${token}:${id}`).digest('hex').slice(0, 8);

const ofThisGroup =
  (method: (call: PlainCall) => Answered | Promise<Answered>) =>
  (call: PlainCall): Answered | Promise<Answered> =>
    integerIn(call.params['group_id']) === call.bot.id
      ? method(call)
      : errorOf(15, 'no access to this group');

const serverIn = ({ world, bot, params }: PlainCall): CallbackServer | undefined => {
  const id = integerIn(params['server_id']);
  return world.servers.of(bot).find((server) => server.id === id);
};

const fieldsIn = (params: Params): { url: string; title: string; secret: string } | VkError => {
  const url = textIn(params['url']);
  const title = textIn(params['title']);
  const secret = textIn(params['secret_key']);
  // Plain http too, which VK takes as well.
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) return errorOf(100, 'url is invalid');
  if (title === '' || title.length > MOST_TITLE) return errorOf(100, 'title is invalid');
  return secret.length > MOST_SECRET
    ? errorOf(100, 'secret_key is invalid')
    : { url, title, secret };
};

const confirm = async ({ world, bot }: PlainCall, server: CallbackServer): Promise<void> => {
  await world.servers.confirm(bot, server, confirmationCode(bot));
  const { url, secret, status } = server;
  if (status === 'ok') bot.webhook = { url, secretToken: secret, allowedUpdates: undefined };
};

const addServer = async (call: PlainCall): Promise<Answered> => {
  const { world, bot, params } = call;
  const fields = fieldsIn(params);
  if ('code' in fields) return fields;
  if (world.servers.of(bot).length >= MOST_SERVERS) return errorOf(2000);
  const server = world.servers.add(bot, fields);
  await confirm(call, server);
  return { response: { server_id: server.id } };
};

const editServer = async (call: PlainCall): Promise<Answered> => {
  const server = serverIn(call);
  const fields = fieldsIn(call.params);
  if (server === undefined) return errorOf(100, 'server_id is invalid');
  if ('code' in fields) return fields;
  Object.assign(server, fields);
  await confirm(call, server);
  return DONE;
};

const removeServer = (call: PlainCall): Answered => {
  const server = serverIn(call);
  if (server === undefined) return errorOf(100, 'server_id is invalid');
  call.world.servers.remove(call.bot, server);
  if (call.bot.webhook?.url === server.url) call.bot.webhook = undefined;
  return DONE;
};

const setSettings = (call: PlainCall): Answered => {
  const server = serverIn(call);
  if (server === undefined) return errorOf(100, 'server_id is invalid');
  for (const [name, value] of Object.entries(call.params)) {
    if (value === '1') server.events.add(name);
    if (value === '0') server.events.delete(name);
  }
  return DONE;
};

const servers = ({ world, bot }: PlainCall): Answered => {
  const items = world.servers.of(bot).map(({ id, url, title, secret, status }) => ({
    id,
    url,
    title,
    secret_key: secret,
    status,
    creator_id: 0,
  }));
  return { response: { count: items.length, items } };
};

const settings = (call: PlainCall): Answered => {
  const server = serverIn(call);
  if (server === undefined) return errorOf(100, 'server_id is invalid');
  const events = Object.fromEntries([...server.events].map((name) => [name, 1]));
  return { response: { api_version: '5.199', events } };
};

const getById = ({ bot }: PlainCall): Answered => ({
  response: {
    groups: [
      { id: bot.id, name: bot.name, screen_name: bot.username, is_closed: 0, type: 'group' },
    ],
    profiles: [],
  },
});

/** The methods of communities and their Callback API, by name. */
export const GROUP_METHODS: ReadonlyMap<string, (call: PlainCall) => Answered | Promise<Answered>> =
  new Map<string, (call: PlainCall) => Answered | Promise<Answered>>([
    ['groups.getById', getById],
    [
      'groups.getCallbackConfirmationCode',
      ofThisGroup(({ bot }) => ({ response: { code: confirmationCode(bot) } })),
    ],
    ['groups.getCallbackServers', ofThisGroup(servers)],
    ['groups.addCallbackServer', ofThisGroup(addServer)],
    ['groups.editCallbackServer', ofThisGroup(editServer)],
    ['groups.deleteCallbackServer', ofThisGroup(removeServer)],
    ['groups.setCallbackSettings', ofThisGroup(setSettings)],
    ['groups.getCallbackSettings', ofThisGroup(settings)],
  ]);
