import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { Admin } from './admin.ts';
import { BotApi, type World } from './bot-api.ts';
import { Bots } from './bots.ts';
import { Counts } from './counts.ts';
import { CannotListen } from './errors.ts';
import { openFacebook } from './facebook/open-facebook.ts';
import { Inboxes } from './inboxes.ts';
import { SendRecord } from './record.ts';
import { Troubles } from './rules.ts';
import { telegramSide } from './side.ts';
import { openSkype } from './skype/open-skype.ts';
import { openViber } from './viber/open-viber.ts';
import { openVk } from './vk/open-vk.ts';
import { openWebhook } from './webhook/open-webhook.ts';
import { Webhooks } from './webhooks.ts';

/** How a sandbox is started. */
export interface SandboxOptions {
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** 0 takes a free port. @default 0 */
  readonly port?: number;
  /** Every token is a bot, without registration. @default false */
  readonly acceptAnyToken?: boolean;
}

/** A stand-in for one channel beside Telegram: under `/<channel>/`, its admin API under `/sandbox/<channel>/`. */
export interface StandIn {
  readonly channel: string;
  readonly admin: Admin;
  /** Answers one request; `at` is its arrival in milliseconds. */
  handle(request: IncomingMessage, response: ServerResponse, at: number): Promise<void>;
  /** Breaks off everything under way. */
  close(): Promise<void>;
}

/** A running sandbox. */
export interface Sandbox {
  /** Without a slash at its end. */
  readonly url: string;
  /** Cuts all connections, ends all deliveries and frees the port. */
  close(): Promise<void>;
}

// Longer than any client keeps an idle connection: the sandbox must not add resets of its own.
const KEEP_ALIVE_MS = 75_000;

const arrivalTime = (): number => performance.timeOrigin + performance.now();

const other = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  request.resume();
  const isHealth = request.url === '/health/live';
  response.writeHead(isHealth ? 200 : 404, { 'content-type': 'application/json' });
  response.end(
    isHealth ? '{"status":"ok"}' : '{"ok":false,"error_code":404,"description":"Not Found"}',
  );
  return Promise.resolve();
};

/** Answers what is for no messenger. */
const NOBODY: Pick<StandIn, 'handle'> = { handle: other };

const serve = (world: World, webhooks: Webhooks, standIns: readonly StandIn[]): Server => {
  const botApi = new BotApi(world);
  const admin = new Admin(telegramSide(world, webhooks));
  const find = (prefix: string, url: string): StandIn | undefined =>
    standIns.find(({ channel }) => url.startsWith(`${prefix}/${channel}/`));
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.url ?? '';
    if (url.startsWith('/bot')) await botApi.handle(request, response, arrivalTime());
    else if (url.startsWith('/sandbox/'))
      await (find('/sandbox', url)?.admin ?? admin).handle(request, response);
    else await (find('', url) ?? NOBODY).handle(request, response, arrivalTime());
  };
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void handle(request, response);
  });
  return server;
};

const listen = async (server: Server, host: string, port: number): Promise<string> => {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new CannotListen(`cannot listen on ${host}:${port}`, { host, port }, cause);
  }
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
};

/**
 * Starts stand-ins for the messengers: the Telegram Bot API with its admin API under `/sandbox/telegram`, the others'
 * under `/<channel>` and `/sandbox/<channel>`.
 * @throws CannotListen when the address is taken or not this machine's.
 */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const counts = new Counts();
  const webhooks = new Webhooks(counts);
  const world: World = {
    bots: new Bots(options.acceptAnyToken ?? false),
    inboxes: new Inboxes(),
    record: new SendRecord(),
    counts,
    troubles: new Troubles(),
  };
  const standIns = [
    openFacebook(options.acceptAnyToken ?? false),
    openSkype(options.acceptAnyToken ?? false),
    openViber(options.acceptAnyToken ?? false),
    openVk(options.acceptAnyToken ?? false),
    openWebhook(options.acceptAnyToken ?? false),
  ];
  const server = serve(world, webhooks, standIns);
  const url = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0);
  const close = async (): Promise<void> => {
    await Promise.all([webhooks, ...standIns].map((each) => each.close()));
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url, close };
};
