import { once } from 'node:events';
import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** Gives the address of a running copy that serves a path, or undefined. */
export type Route = (path: string) => string | undefined;

const BAD_GATEWAY = 502;
const TOO_LARGE = 413;
/** As the apps behind it: refused here, a large body cannot break the connection to them. */
const MOST_BYTES_OF_HOOKS = 1_000_000;

const pass = (incoming: IncomingMessage, answer: ServerResponse, route: Route): void => {
  const isHook = incoming.url?.startsWith('/hooks/') === true;
  if (isHook && Number(incoming.headers['content-length'] ?? 0) > MOST_BYTES_OF_HOOKS) {
    incoming.resume();
    answer.writeHead(TOO_LARGE).end();
    return;
  }
  const target = route(incoming.url ?? '/');
  const fail = (): void => {
    if (answer.headersSent) answer.destroy();
    else answer.writeHead(BAD_GATEWAY).end();
  };
  if (target === undefined) return fail();
  const { hostname, port } = new URL(target);
  const { method, url: path, headers } = incoming;
  const outgoing = request({ hostname, port, method, path, headers }, (received) => {
    answer.writeHead(received.statusCode ?? BAD_GATEWAY, received.headers);
    received.pipe(answer);
    received.on('error', fail);
  });
  outgoing.on('error', fail);
  answer.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
};

/** One address for all copies: what a reverse proxy does in production. */
export class Edge {
  readonly #server: Server;
  readonly url: string;

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  static async start(port: number, route: Route): Promise<Edge> {
    const server = createServer((incoming, answer) => pass(incoming, answer, route));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new Edge(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
