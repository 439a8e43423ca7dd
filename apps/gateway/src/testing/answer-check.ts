import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { OpenApiDocument } from '../openapi/openapi-document.ts';
import { faultsInBody } from '../schemas/validator.ts';
import type { Reply } from './reply.ts';

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>>;
}
type Operations = Readonly<
  Record<string, { readonly responses: Readonly<Record<string, Described>> }>
>;

/** Holds every answer against the API's own description. */
export class AnswerCheck {
  readonly #document: OpenAPIObject;

  constructor(app: NestFastifyApplication) {
    const document = app.get(OpenApiDocument, { strict: false }).get();
    if (!document) throw new Error('the app describes no API');
    this.#document = document;
  }

  /** @throws where the answer is not as described */
  response(method: string, url: string, reply: Reply): void {
    const where = `${method} ${url} ${reply.statusCode}`;
    const type = reply.headers['content-type']?.split(';')[0] ?? '';
    if (reply.statusCode >= 400 && type !== 'text/html') this.#isProblem(where, type, reply);
    else this.#isDescribed(where, this.#described(method, url, reply.statusCode), { type, reply });
  }

  #isProblem(where: string, type: string, reply: Reply): void {
    if (type !== 'application/problem+json') throw new Error(`${where}: ${type} ${reply.body}`);
    this.#fits(where, 'Problem', reply.json());
  }

  #isDescribed(
    where: string,
    described: Described | undefined,
    { type, reply }: { readonly type: string; readonly reply: Reply },
  ): void {
    if (!described) throw new Error(`${where}: not described: ${reply.body.slice(0, 300)}`);
    const schema = described.content?.[type]?.schema?.$ref;
    if (schema !== undefined && !where.startsWith('HEAD'))
      this.#fits(where, schema.split('/').at(-1) ?? '', reply.json());
  }

  #fits(where: string, schema: string, body: unknown): void {
    const faults = faultsInBody(schema, body);
    if (faults.length > 0)
      throw new Error(`${where}: ${schema}: ${JSON.stringify(faults)} ${JSON.stringify(body)}`);
  }

  #described(method: string, url: string, status: number): Described | undefined {
    const path = url.split('?')[0] ?? url;
    if (path === '/v1/openapi.json') return {};
    const found = Object.entries(this.#document.paths)
      .filter(([pattern]) => matches(pattern, path))
      .sort(([a], [b]) => a.split('{').length - b.split('{').length)[0]?.[1];
    const key = method === 'HEAD' ? 'get' : method.toLowerCase();
    return (found as unknown as Operations | undefined)?.[key]?.responses[String(status)];
  }
}

const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/\{[^}]+\}/g, '[^/]+').replaceAll('.', String.raw`\.`)}$`).test(
    path,
  );
