import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ToldAnswer } from './connector-facts.ts';
import { openServer, type LocalServer } from './local-server.ts';

/** What the server does with a request: an answer, a cut connection, or nothing at all. */
export type ScriptedAnswer = ToldAnswer | 'reset' | 'silence';

/** A server on the loopback that answers each request as told, in turn. */
export interface ScriptedServer extends LocalServer {
  /** Bodies of the requests so far. */
  readonly bodies: readonly string[];
  answerNext(...answers: readonly ScriptedAnswer[]): void;
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
  const server = await openServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body);
      act(response, answers.shift() ?? { status: 599, body: '' });
    });
  });
  return { ...server, bodies, answerNext: (...next) => void answers.push(...next) };
};
