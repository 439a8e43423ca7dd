import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** What the server does with a request: an answer, a cut connection, or nothing at all. */
export type ScriptedAnswer =
  | {
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'reset'
  | 'silence';

/** A server on the loopback that answers each request as told, in turn. */
export interface ScriptedServer {
  readonly url: string;
  /** Bodies of the requests so far. */
  readonly bodies: readonly string[];
  answerNext(...answers: readonly ScriptedAnswer[]): void;
  close(): Promise<void>;
}

const act = (response: ServerResponse, answer: ScriptedAnswer): void => {
  if (answer === 'silence') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(answer.body);
};

/** Starts the server; a request for which nothing was told is answered 599. */
export const openScriptedServer = async (): Promise<ScriptedServer> => {
  const answers: ScriptedAnswer[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      act(response, answers.shift() ?? { status: 599, body: '' });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port ?? 0}`,
    bodies,
    answerNext: (...next) => void answers.push(...next),
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};
