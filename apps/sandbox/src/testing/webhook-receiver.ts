import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';

/** An update as it arrived. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly update: {
    readonly update_id: number;
    readonly callback_query: { readonly id: string; readonly data: string };
    readonly message: unknown;
    readonly my_chat_member: unknown;
  };
}

/** A bot's webhook: answers with the given statuses in turn, then always 200. */
export const openReceiver = async () => {
  const received: Received[] = [];
  const statuses: number[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ headers: request.headers, update: JSON.parse(body) as Received['update'] });
      response.statusCode = statuses.shift() ?? 200;
      response.end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port ?? 0}/hook`,
    received,
    answerNext: (...next: readonly number[]) => statuses.push(...next),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
