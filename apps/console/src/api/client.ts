import createClient, { type Middleware } from 'openapi-fetch';
import createQueries from 'openapi-react-query';
import { v7 as freshKey } from 'uuid';
import type { paths } from './schema.ts';
import { settled } from './settled.ts';
import { tokenKeeper } from './token-keeper.ts';

const READING = ['GET', 'HEAD'];

/** Every request names who asks; every act has a key of its own, so that a repeat is recognised. */
const signed: Middleware = {
  onRequest: ({ request }) => {
    const token = tokenKeeper.get();
    if (token !== null) request.headers.set('authorization', `Bearer ${token}`);
    if (!READING.includes(request.method) && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', freshKey());
    return request;
  },
  onResponse: ({ request, response }) => {
    const wasCurrent = request.headers.get('authorization') === `Bearer ${tokenKeeper.get() ?? ''}`;
    if (response.status === 401 && wasCurrent) tokenKeeper.drop();
  },
};

/** The API as functions: `client.POST('/v1/broadcasts', { body })` resolves with `{ data }` or `{ error }`, a problem. */
export const client = createClient<paths>({ baseUrl: globalThis.location.origin, fetch: settled });
client.use(signed);

/** The API as hooks: `api.useQuery('get', '/v1/bots')`, `api.useMutation('post', …)`. Errors are problems. */
export const api = createQueries(client);
