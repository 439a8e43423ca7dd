import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Problem, type Fault } from '../problems/problem.ts';
import { faultsInBody, faultsInQuery } from '../schemas/validator.ts';
import type { EndpointSpec } from './endpoint.ts';

export const invalid = (errors: readonly Fault[]): Problem => {
  const [first] = errors;
  const where = first === undefined || first.path === '' ? 'the body' : first.path;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new Problem('INVALID_REQUEST', `${where}: ${first?.message ?? 'not valid'}${more}`, {
    errors,
  });
};

/** One header's only value. */
export const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
};

const IF_MATCH = /^"(0|[1-9]\d{0,14})"$/;
const KEY = /^[\x21-\x7e][\x20-\x7e]{0,254}$/;

/** The revision that `If-Match` names; undefined where there is none, or `*`. @throws Problem INVALID_REQUEST */
export const ifRevisionOf = (request: FastifyRequest): number | undefined => {
  const value = headerOf(request, 'if-match');
  if (value === undefined || value === '*') return undefined;
  const revision = IF_MATCH.exec(value)?.[1];
  if (revision === undefined)
    throw invalid([
      {
        path: 'If-Match',
        code: 'BAD_FORMAT',
        message:
          'Give the ETag of the broadcast as it was answered, with its quotation marks: "12".',
      },
    ]);
  return Number(revision);
};

/** @throws Problem INVALID_REQUEST */
export const idempotencyKeyOf = (request: FastifyRequest): string | undefined => {
  const value = headerOf(request, 'idempotency-key');
  if (value === undefined || KEY.test(value)) return value;
  throw invalid([
    {
      path: 'Idempotency-Key',
      code: 'BAD_FORMAT',
      message: 'Give 1 to 255 visible ASCII characters.',
    },
  ]);
};

/** An action takes no body, or an empty object. */
const unexpected = ({ consumes }: EndpointSpec, body: unknown): readonly Fault[] => {
  if (consumes !== undefined || body === undefined) return [];
  const names = typeof body === 'object' && body !== null ? Object.keys(body) : [''];
  return names.slice(0, 20).map((path) => ({
    path: path.slice(0, 64),
    code: 'UNKNOWN_FIELD',
    message: 'Remove it; this route takes no body.',
  }));
};

const bodyFaults = (spec: EndpointSpec, request: FastifyRequest): readonly Fault[] => {
  if (spec.body === undefined) return unexpected(spec, request.body);
  if (request.body === undefined && spec.bodyOptional === true) request.body = {};
  return request.body === undefined
    ? [
        {
          path: '',
          code: 'REQUIRED',
          message: 'Send a JSON body, with Content-Type: application/json.',
        },
      ]
    : faultsInBody(spec.body, request.body);
};

const isFile = (request: FastifyRequest): boolean =>
  request.isMultipart() || request.body instanceof Readable;

/** @throws Problem INVALID_REQUEST naming everything that is wrong with query and body, UNSUPPORTED_MEDIA_TYPE */
export const checkRequest = (spec: EndpointSpec, request: FastifyRequest): void => {
  if (spec.consumes === undefined && isFile(request))
    throw new Problem(
      'UNSUPPORTED_MEDIA_TYPE',
      'This route takes no files; send application/json.',
    );
  const faults = [
    ...faultsInQuery(spec.query ?? 'none', request.query),
    ...bodyFaults(spec, request),
  ];
  if (faults.length > 0) throw invalid(faults);
};
