import { HttpException } from '@nestjs/common';
import { AppError } from '@crier/kernel';
import { STATUS_CODES } from 'node:http';
import { Problem, type Fault } from './problem.ts';
import { statusOf } from './status-of.ts';

/** The body of every answer that is not a success (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly Fault[];
}

const PROBLEMS = 'https://crier.dev/problems/';

/** What the HTTP framework refuses by itself, in the API's own words: framework code or status → code and sentence. */
const FOREIGN: Readonly<Record<string, readonly [code: string, detail: string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    'UNSUPPORTED_MEDIA_TYPE',
    'This route does not take this Content-Type; send application/json unless its description says otherwise.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ['BODY_TOO_LARGE', 'The body is larger than this route takes.'],
  FST_REQ_FILE_TOO_LARGE: ['BODY_TOO_LARGE', 'The file is larger than this route takes.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'BAD_REQUEST',
    'Content-Length does not say how long the body is.',
  ],
  FST_ERR_BAD_URL: ['BAD_URL', 'The path is not valid percent-encoded UTF-8.'],
  FST_ERR_MAX_PARAM_LENGTH: ['NOT_FOUND', 'A part of the path is longer than any id.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [
    'UNSUPPORTED_MEDIA_TYPE',
    'Send the file as multipart/form-data.',
  ],
  '404': ['NOT_FOUND', 'There is no such route; see /v1/openapi.json.'],
  '413': ['BODY_TOO_LARGE', 'The body is larger than this route takes.'],
  '414': ['URL_TOO_LONG', 'The URL is too long.'],
  '415': ['UNSUPPORTED_MEDIA_TYPE', 'This route does not take this Content-Type.'],
  '431': ['HEADERS_TOO_LARGE', 'The headers are too large.'],
};

const fieldOf = (error: unknown, name: string): unknown =>
  typeof error === 'object' && error !== null && name in error
    ? (error as Readonly<Record<string, unknown>>)[name]
    : undefined;

const foreign = (error: unknown): Problem | undefined => {
  const code = fieldOf(error, 'code');
  const known = typeof code === 'string' ? FOREIGN[code] : undefined;
  if (known) return new Problem(...known);
  const status = error instanceof HttpException ? error.getStatus() : fieldOf(error, 'statusCode');
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined;
  const byStatus = FOREIGN[String(status)];
  return byStatus
    ? new Problem(...byStatus)
    : new Problem('BAD_REQUEST', 'The request is not well-formed HTTP as this server reads it.');
};

/** Any error as the problem that the client sees; undefined for a bug, which it does not. */
export const clientProblem = (error: unknown): Problem | undefined => {
  if (error instanceof Problem) return error;
  if (error instanceof AppError) {
    if (error.verdict === 'retry' && statusOf(error.code) === 503)
      return new Problem(error.code, 'A part of the system cannot be reached now; try again.', {
        headers: { 'retry-after': '1' },
      });
    return statusOf(error.code) === undefined ? undefined : new Problem(error.code, error.message);
  }
  return foreign(error);
};

/** The problem as JSON. */
export const documentOf = ({ code, message, errors }: Problem): ProblemDocument => {
  const status = statusOf(code) ?? 422;
  return {
    type: PROBLEMS + code.toLowerCase().replaceAll('_', '-'),
    title: STATUS_CODES[status] ?? 'Problem',
    status,
    detail: message,
    code,
    ...(errors === undefined ? {} : { errors }),
  };
};
