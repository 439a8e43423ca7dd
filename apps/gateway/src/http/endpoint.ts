import { applyDecorators, SetMetadata, UseGuards, UseInterceptors } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiQuery,
  ApiResponse,
} from '@nestjs/swagger';
import type { Role } from '../ports/token-store.ts';
import { querySchemas, type QueryName } from '../schemas/queries.ts';
import { ref, type JsonSchema } from '../schemas/schema.ts';
import { AccessGuard } from './access.guard.ts';
import { EndpointInterceptor } from './endpoint.interceptor.ts';

/** Everything that is fixed about a route besides its path. */
export interface EndpointSpec {
  readonly summary: string;
  /** Who may use it, besides admins. Everybody, without a token, where absent. */
  readonly roles?: readonly Role[];
  /** Schema of the JSON body. */
  readonly body?: string;
  /** A missing body stands for `{}`. */
  readonly bodyOptional?: boolean;
  /** Content types of a body that is no JSON: a file. */
  readonly consumes?: readonly string[];
  readonly query?: QueryName;
  /** It gives commands: takes `Idempotency-Key` and `If-Match`, and may answer 202. */
  readonly command?: boolean;
  /** Status → schema of the body, a content type that is no JSON, or null for no body. */
  readonly answers: Readonly<Record<number, string | null>>;
}

export const ENDPOINT = 'crier:endpoint';

const contentOf = (answer: string): Record<string, { schema: JsonSchema }> =>
  answer.includes('/')
    ? { [answer]: { schema: { type: 'string' } } }
    : { 'application/json': { schema: ref(answer) } };

const responses = (answers: EndpointSpec['answers']): MethodDecorator[] =>
  Object.entries(answers).map(([status, answer]) =>
    ApiResponse({
      status: Number(status),
      description: answer ?? 'done',
      ...(answer === null ? {} : { content: contentOf(answer) }),
    }),
  );

const queries = (name: QueryName): MethodDecorator[] => {
  const { properties } = querySchemas[name] as { readonly properties: Record<string, JsonSchema> };
  return Object.entries(properties).map(([key, schema]) =>
    ApiQuery({ name: key, required: false, schema }),
  );
};

const commandHeaders = (): MethodDecorator[] => [
  ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Repeats with the same key get the first answer.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  }),
  ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag of the broadcast that the change was made on.',
    schema: { type: 'string' },
  }),
  ApiResponse({ status: 202, description: 'not known yet', content: contentOf('CommandPending') }),
];

const bodyOf = ({ body, bodyOptional, consumes }: EndpointSpec): MethodDecorator[] => [
  ...(body === undefined ? [] : [ApiBody({ schema: ref(body), required: bodyOptional !== true })]),
  ...(consumes === undefined
    ? []
    : [
        ApiConsumes(...consumes),
        ApiBody({ schema: { type: 'string', format: 'binary' }, required: true }),
      ]),
];

/** One route of the API: who may use it, what it takes and answers. Checks requests by it and describes it. */
export const Endpoint = (spec: EndpointSpec): MethodDecorator =>
  applyDecorators(
    SetMetadata(ENDPOINT, spec),
    UseGuards(AccessGuard),
    UseInterceptors(EndpointInterceptor),
    ApiOperation({ summary: spec.summary }),
    ...(spec.roles === undefined ? [] : [ApiBearerAuth()]),
    ...bodyOf(spec),
    ...queries(spec.query ?? 'none'),
    ...(spec.command === true ? commandHeaders() : []),
    ...responses(spec.answers),
    ApiResponse({
      status: 'default',
      description: 'a problem',
      content: { 'application/problem+json': { schema: ref('Problem') } },
    }),
  );
