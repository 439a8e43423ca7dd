import { startSandbox, type SandboxOptions } from '../../sandbox.ts';
import { fetched } from '../../testing/open-sandbox.ts';

/** The token that {@link openVkSandbox} registers, and its community. */
export const TOKEN = 'vk1.a.first';
export const GROUP_ID = 217_003_211;
/** Somebody to write to. */
export const ANN = 8_042_191;

/** What tests read of an answer of VK's. */
export interface VkSeen {
  readonly response: unknown;
  readonly error?: { readonly error_code: number; readonly error_msg: string };
  readonly execute_errors?: readonly { readonly error_code: number }[];
}

/** A running sandbox with one VK community, and short words for talking to it. */
export const openVkSandbox = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options);
  const admin = (method: string, path: string, body?: unknown) =>
    fetched(`${sandbox.url}/sandbox/vk/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const call = async (
    method: string,
    params: Readonly<Record<string, string | number>> = {},
    token = TOKEN,
  ): Promise<VkSeen> => {
    const form = new URLSearchParams({ v: '5.199' });
    for (const [name, value] of Object.entries(params)) form.set(name, String(value));
    const response = await fetch(`${sandbox.url}/vk/method/${method}`, {
      method: 'POST',
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      body: form,
    });
    expect200(response.status);
    return (await response.json()) as VkSeen;
  };
  const clear = async () => {
    await admin('DELETE', 'trouble');
    await admin('DELETE', 'record');
    await admin('PUT', 'receipts', {});
  };
  const counts = async () => (await admin('GET', 'counts')).body;
  const trouble = (rules: readonly object[], more: object = {}) =>
    admin('PUT', 'trouble', { rules, ...more });
  const chat = async (peer = ANN) =>
    (await admin('GET', `bots/${TOKEN}/chats/${peer}`)).body.messages as readonly Readonly<
      Record<string, unknown>
    >[];
  const send = (params: Readonly<Record<string, string | number>> = {}) =>
    call('messages.send', { peer_ids: `${ANN}`, random_id: 7, message: 'Hi', ...params });
  const codeOf = async (params: Readonly<Record<string, string | number>>) =>
    (await send(params)).error?.error_code;
  const record = async () =>
    (await (await fetch(`${sandbox.url}/sandbox/vk/record`)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  await admin('PUT', `bots/${TOKEN}`, { name: 'Shop', id: GROUP_ID });
  return { ...sandbox, admin, call, clear, counts, trouble, chat, send, codeOf, record };
};

/** VK answers 200 whatever it says; anything else is trouble that a test has asked for. */
const expect200 = (status: number): void => {
  if (status !== 200) throw new Error(`HTTP ${status}`);
};
