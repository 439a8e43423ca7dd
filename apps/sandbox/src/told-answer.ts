import { validateHeaderName, validateHeaderValue } from 'node:http';
import type { AdminFields } from './admin-fields.ts';
import { BadInput } from './errors.ts';
import type { ToldAnswer } from './rules.ts';

const LEAST_STATUS = 200;
const HIGHEST_STATUS = 599;

const statusIn = (fields: AdminFields): number => {
  const status = fields.integer('status', LEAST_STATUS);
  if (status > HIGHEST_STATUS)
    throw new BadInput(`${fields.at('status')} must be at most ${HIGHEST_STATUS}`);
  return status;
};

const headerIn = (headers: AdminFields, name: string): string => {
  const value = headers.anyText(name);
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new BadInput(`${headers.at(name)} cannot be a header`, {}, cause);
  }
  return value;
};

const headersIn = (headers: AdminFields): ToldAnswer['headers'] =>
  Object.fromEntries(headers.names().map((name) => [name, headerIn(headers, name)]));

/** Reads an answer that is to come word for word. @throws BadInput naming the field. */
export const toldAnswer = (fields: AdminFields): ToldAnswer => ({
  kind: 'answer',
  status: statusIn(fields.only(['kind', 'status', 'body', 'headers'])),
  body: fields.anyText('body'),
  headers: fields.has('headers') ? headersIn(fields.object('headers')) : {},
});
