import { CredentialsRefused, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import type { GroupsSetCallbackSettingsParams } from '@vkontakte/api-schema-typescript/dist/methods/groups.js';
import { setTimeout as pause } from 'node:timers/promises';
import { groupIdOf } from './account.ts';
import { ask, askForFields, type Asking } from './calls/ask.ts';
import { fieldsIn } from './calls/vk-answer.ts';
import type { VkApi } from './calls/vk-api.ts';
import { API_VERSION } from './limits.ts';
import type { Confirmations } from './webhook/confirmations.ts';

type Server = Readonly<Record<string, unknown>>;

interface Connecting extends Asking {
  readonly group: number;
  readonly url: string;
  readonly secret: string;
}

const SECRET = /^[\w-]{1,50}$/;
const TITLE = 'Crier';
const LOOKS = 10;
const LOOK_AGAIN_MS = 500;

// Crier reads all of these; whatever else the team's own chat bot wants comes to its own server.
const EVENTS = {
  message_new: 1,
  message_reply: 1,
  message_allow: 1,
  message_deny: 1,
  message_read: 1,
  message_event: 1,
} satisfies Partial<GroupsSetCallbackSettingsParams>;
/** VK's schema does not name a setting for them; where there is none, VK passes over it. */
const PAYMENTS = { vkpay_transaction: 1 };

const serversOf = async (connecting: Connecting): Promise<readonly Server[]> => {
  const params = { group_id: connecting.group };
  const { items } = await askForFields(connecting, 'groups.getCallbackServers', params);
  return Array.isArray(items) ? items.map(fieldsIn) : [];
};

/** Makes the address one of the community's servers. VK calls it meanwhile, and wants to hear the code. */
const serverAt = async (connecting: Connecting): Promise<number> => {
  const { group, url, secret } = connecting;
  const known = (await serversOf(connecting)).find((server) => server['url'] === url);
  const fields = { group_id: group, url, title: TITLE, secret_key: secret };
  if (typeof known?.['id'] === 'number') {
    const server = { ...fields, server_id: known['id'] };
    await ask(connecting, 'groups.editCallbackServer', server);
    return known['id'];
  }
  const { server_id: id } = await askForFields(connecting, 'groups.addCallbackServer', fields);
  if (typeof id !== 'number') throw new Unavailable('VK names no server', { bot: connecting.bot });
  return id;
};

const confirmedServer = async (connecting: Connecting, id: number): Promise<void> => {
  for (let look = 0; look < LOOKS; look += 1) {
    const servers = await serversOf(connecting);
    const status = servers.find((server) => server['id'] === id)?.['status'];
    if (status === 'ok') return;
    if (status === 'failed') break;
    await pause(LOOK_AGAIN_MS);
  }
  throw new CredentialsRefused(
    'VK called the webhook and did not hear the confirmation code: it must be reached from outside. Or add the address as a callback server in the settings of the community, with the secret, and give the code shown there as the credential "confirmation"',
    { bot: connecting.bot },
  );
};

const setWebhook = async (
  connecting: Connecting,
  sender: Sender,
  confirmations: Confirmations,
): Promise<void> => {
  const { bot, group, secret } = connecting;
  if (!SECRET.test(secret))
    throw new CredentialsRefused('secret must be 1 to 50 of A-Z, a-z, 0-9, _ and -', { bot });
  // The team has added the address itself, and says what VK wants to hear.
  if (sender.credentials['confirmation'] !== undefined) return;
  if ((await confirmations.of(sender)) === undefined)
    throw new CredentialsRefused(
      'the token may not manage the community, so the webhook cannot be set: give it that right; or add the address as a callback server in the settings of the community, with the secret, and give the code shown there as the credential "confirmation"',
      { bot },
    );
  const server = await serverAt(connecting);
  await confirmedServer(connecting, server);
  const settings = { group_id: group, server_id: server, api_version: API_VERSION };
  await ask(connecting, 'groups.setCallbackSettings', { ...settings, ...EVENTS, ...PAYMENTS });
};

const nameOf = async (asking: Asking, group: number): Promise<string> => {
  const { groups } = await askForFields(asking, 'groups.getById', { group_id: group });
  const { name, id } = fieldsIn(Array.isArray(groups) ? groups[0] : undefined);
  if (typeof name !== 'string')
    throw new Unavailable('what answers is not VK', { bot: asking.bot });
  if (id !== group)
    throw new CredentialsRefused('the token is of another community', { bot: asking.bot });
  return name;
};

/**
 * Checks the token and, where an address is given, makes it a server of the community's Callback API, with every event
 * that Crier reads. VK asks the address for a code before it believes it; a bot whose credentials hold that code was
 * added by hand, and only its token is checked. @throws CredentialsRefused, or Unavailable where VK does not answer.
 */
export const connectBot = async (
  { api, confirmations }: { readonly api: VkApi; readonly confirmations: Confirmations },
  sender: Sender,
  webhookUrl: string | undefined,
): Promise<{ readonly name: string }> => {
  const bot = sender.id;
  const { token = '', secret = '' } = sender.credentials;
  const line = api.lineOf(sender);
  if (line === undefined)
    throw new CredentialsRefused('the token, or the address of the API, cannot be one', { bot });
  const group = groupIdOf(sender);
  if (group === undefined)
    throw new CredentialsRefused('groupId must be the number of the community', { bot });
  // What a proxy says may hold the request, and the token with it.
  const hidden = (said: string): string =>
    said.replaceAll(token, '…').replaceAll(secret || token, '…');
  const refused = (said: string) => new CredentialsRefused(`VK refuses: ${hidden(said)}`, { bot });
  const asking = { line, bot, refused };
  const name = await nameOf(asking, group);
  if (webhookUrl !== undefined)
    await setWebhook({ ...asking, group, secret, url: webhookUrl }, sender, confirmations);
  return { name };
};
