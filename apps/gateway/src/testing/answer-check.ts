import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'light-my-request';
import { OpenApiDocument } from '../openapi/openapi-document.ts';
import { faultsInBody } from '../schemas/validator.ts';

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

  async response(method: string, url: string, response: Response): Promise<void> {
    const described = this.#described(method, url, response.statusCode);
    const where = `${method} ${url} ${response.statusCode}`;
    const type = String(response.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (response.statusCode >= 400 && type !== 'text/html') {
      if (type !== 'application/problem+json')
        throw new Error(`${where}: ${type} ${response.body}`);
      return this.#fits(where, 'Problem', response.json());
    }
    if (!described) throw new Error(`${where}: not described: ${response.body.slice(0, 300)}`);
    const content = described.content;
    if (!content) return;
    const schema = content[type]?.schema?.$ref;
    if (schema !== undefined && method !== 'HEAD')
      this.#fits(where, schema.split('/').at(-1) ?? '', response.json());
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
