import type { IncomingHttpHeaders } from 'node:http';
import { openCallee } from './open-callee.ts';

/** An update as it arrived. */
export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly update: {
    readonly update_id: number;
    readonly callback_query: { readonly id: string; readonly data: string };
    readonly message: unknown;
    readonly my_chat_member: unknown;
    readonly pre_checkout_query: { readonly id: string };
  };
}

/** A bot's webhook: answers with the given statuses in turn, then always 200, and once with `sayNext`. */
export const openReceiver = async () => {
  const received: Received[] = [];
  const statuses: number[] = [];
  const sayings: { readonly type: string; readonly body: string }[] = [];
  const callee = await openCallee(({ headers, body }, response) => {
    received.push({ headers, update: JSON.parse(body) as Received['update'] });
    response.statusCode = statuses.shift() ?? 200;
    const said = sayings.shift();
    if (said) response.setHeader('content-type', said.type);
    response.end(said?.body);
  });
  return {
    ...callee,
    received,
    answerNext: (...next: readonly number[]) => statuses.push(...next),
    sayNext: (body: object, type = 'application/json') =>
      sayings.push({ type, body: JSON.stringify(body) }),
  };
};
