import { startSandbox, type SandboxOptions } from '../../sandbox.ts';
import { openCallee } from '../../testing/open-callee.ts';
import { fetched } from '../../testing/open-sandbox.ts';

/** The token and the number of the Page that {@link openFacebook} registers, and the app it is in. */
export const TOKEN = 'EAAGm0PX4ZCpsBAKZCtoken';
export const PAGE = 301234567890123;
export const APP = '901234567890123';
export const APP_SECRET = '0a1b2c3d4e5f';
const VERSION = 'v25.0';

/** What tests read of answers: each answer has some of it. */
export interface Answer {
  readonly message_id: string;
  readonly recipient_id: string;
  readonly attachment_id: string;
  readonly id: string;
  readonly name: string;
  readonly success: boolean;
  readonly error: {
    readonly code: number;
    readonly error_subcode?: number;
    readonly message: string;
  };
}

/** The answer to one request; that to a batch is a list. */
export interface Answered {
  readonly status: number;
  readonly body: Answer & readonly ({ readonly code: number; readonly body: string } | null)[];
}

/** A text message for one person, with more or other fields of the message. */
export const text = (psid: string, more: object = {}): object => ({
  recipient: { id: psid },
  messaging_type: 'UPDATE',
  message: { text: 'Hi', ...more },
});

/** The same as an item of a batch. */
export const item = (psid: string, more: object = {}) => ({
  method: 'POST',
  relative_url: `${VERSION}/me/messages`,
  body: new URLSearchParams({
    recipient: JSON.stringify({ id: psid }),
    messaging_type: 'UPDATE',
    message: JSON.stringify({ text: 'Hi', ...more }),
  }).toString(),
});

/** A running sandbox with one Page, and short words for talking to it. */
export const openFacebook = async (options: SandboxOptions = {}) => {
  const sandbox = await startSandbox(options);
  const admin = (method: string, path: string, body?: unknown) =>
    fetched(`${sandbox.url}/sandbox/facebook/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const request = async (path: string, init: RequestInit): Promise<Answered> => {
    const response = await fetch(`${sandbox.url}/facebook/${path}`, init);
    const body = await response.text();
    const isJson = response.headers.get('content-type') === 'application/json';
    return {
      status: response.status,
      body: (isJson ? JSON.parse(body) : body) as Answered['body'],
    };
  };
  const post = (path: string, fields: object, token = TOKEN) =>
    request(`${VERSION}/${path}`, {
      method: 'POST',
      body: JSON.stringify({ access_token: token, ...fields }),
    });
  const batch = (items: readonly object[], more: object = { include_headers: false }) =>
    request('', {
      method: 'POST',
      body: JSON.stringify({ access_token: TOKEN, batch: items, ...more }),
    });
  const clear = async () => {
    await admin('DELETE', 'trouble');
    await admin('DELETE', 'record');
    await admin('PUT', 'receipts', {});
  };
  const record = async () =>
    (await (await fetch(`${sandbox.url}/sandbox/facebook/record`)).text())
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
  const profile = { id: PAGE, name: 'Shop', appId: APP, appSecret: APP_SECRET };
  await admin('PUT', `bots/${TOKEN}`, profile);
  return { ...sandbox, admin, request, post, batch, clear, record };
};

interface Received {
  readonly method: string | undefined;
  readonly query: URLSearchParams;
  readonly signature: unknown;
  readonly body: string;
}

/** A team's webhook: knows a verify token, and answers calls with the given statuses in turn, then always 200. */
export const openHook = async (verifyToken: string) => {
  const received: Received[] = [];
  const statuses: number[] = [];
  const callee = await openCallee(({ method, query, headers, body }, response) => {
    received.push({ method, query, signature: headers['x-hub-signature-256'], body });
    const isKnown = method === 'POST' || query.get('hub.verify_token') === verifyToken;
    response.statusCode = statuses.shift() ?? (isKnown ? 200 : 403);
    response.end(query.get('hub.challenge') ?? '');
  });
  return { ...callee, received, statuses };
};
