import type { ProblemDocument } from '../api/types.ts';

/** What was asked of the API. */
export interface Asked {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An answer as JSON, or a whole response. */
type Script = (asked: Asked) => unknown;

const json = (body: unknown, status = 200, type = 'application/json'): Response =>
  new Response(body === undefined ? null : JSON.stringify(body), {
    status: body === undefined ? 204 : status,
    headers: { 'content-type': type },
  });

/** An answer that is a problem. */
export const refusal = (
  problem: Partial<ProblemDocument> & { readonly code: string },
): Response => {
  const { status = 422 } = problem;
  const document = { type: 'about:blank', title: 'Problem', detail: problem.code, status };
  return json({ ...document, ...problem }, status, 'application/problem+json');
};

const bodyOf = async (request: Request): Promise<unknown> => {
  const text = await request.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
};

/** Stands in for the API: answers as it was told to, and keeps what it was asked. */
export class ScriptedApi {
  readonly asked: Asked[] = [];
  readonly #scripts = new Map<string, Script>();

  /** `route`: method and path, `GET /v1/broadcasts`. The last word on a route counts. */
  on(route: string, script: Script): this {
    this.#scripts.set(route, script);
    return this;
  }

  /** What was asked of a route. */
  of(route: string): readonly Asked[] {
    return this.asked.filter(({ method, path }) => `${method} ${path}` === route);
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    const { pathname: path, searchParams } = new URL(request.url);
    const { method, headers } = request;
    const query = Object.fromEntries(searchParams);
    const asked: Asked = { method, path, query, headers, body: await bodyOf(request) };
    this.asked.push(asked);
    const script = this.#scripts.get(`${method} ${path}`);
    if (!script) return refusal({ code: 'NOT_SCRIPTED', status: 404, detail: `${method} ${path}` });
    const answer = await script(asked);
    return answer instanceof Response ? answer : json(answer);
  };
}
