import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One request as the server got it. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Reply =
  | { readonly status?: number; readonly json: unknown }
  | { readonly status?: number; readonly text: string; readonly type?: string }
  /** Cuts the connection without an answer. */
  | 'cut'
  /** Events, then the end of the stream. */
  | { readonly events: readonly unknown[] };

export type Route = (heard: Heard, nth: number) => Reply;

export interface ScriptedServer {
  readonly url: string;
  readonly heard: readonly Heard[];
  close(): Promise<void>;
}

export const problem = (
  status: number,
  code: string,
  detail: string,
  more: object = {},
): Reply => ({
  status,
  json: { type: 'about:blank', title: 'Problem', status, code, detail, ...more },
});

const answer = (response: ServerResponse, reply: Reply): void => {
  if (reply === 'cut') {
    response.destroy();
    return;
  }
  if ('events' in reply) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of reply.events)
      response.write(`event: row\ndata: ${JSON.stringify(event)}\n\n`);
    response.end();
    return;
  }
  const isJson = 'json' in reply;
  response.writeHead(reply.status ?? 200, {
    'content-type': isJson ? 'application/json' : (reply.type ?? 'text/plain'),
  });
  response.end(isJson ? JSON.stringify(reply.json) : reply.text);
};

/** Answers by `METHOD /path`; what is not in the script is a 404 problem. */
export const scriptedServer = async (
  routes: Readonly<Record<string, Route>>,
): Promise<ScriptedServer> => {
  const heard: Heard[] = [];
  const counts = new Map<string, number>();
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://scripted');
    const method = request.method ?? 'GET';
    const key = `${method} ${url.pathname}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    const one = {
      method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: await text(request),
    };
    heard.push(one);
    answer(
      response,
      routes[key]?.(one, nth) ?? problem(404, 'NOT_FOUND', 'There is no such route.'),
    );
  };
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
