import { Problem } from '../problems/problem.ts';
import { parseJsonBody } from '../http/json-body.ts';

/** The filter that a query holds as JSON; everybody where there is none. @throws Problem INVALID_REQUEST, MALFORMED_JSON */
export const filterIn = (text: string | undefined): unknown => {
  if (text === undefined) return { all: [] };
  try {
    return parseJsonBody(Buffer.from(text));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.code, `filter: ${error.message}`, {
      errors: [{ path: 'filter', code: error.code, message: error.message }],
    });
  }
};
