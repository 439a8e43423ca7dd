import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A call as it came. */
export interface CallSeen {
  readonly method: string | undefined;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Whom a sandbox calls back: `answer` ends the response, at once. The caller closes it. */
export const openCallee = async (answer: (call: CallSeen, response: ServerResponse) => void) => {
  const server = createServer((request, response) => {
    const { method, headers, url = '/' } = request;
    const { searchParams: query } = new URL(url, 'http://hook');
    void text(request).then((body) => {
      answer({ method, query, headers, body }, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}/hook`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
