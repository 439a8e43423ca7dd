/** An answer of the Graph API that says no. */
export interface GraphError {
  /** Of HTTP. */
  readonly status: number;
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
}

type Rest = Partial<Omit<GraphError, 'code' | 'message'>>;

const error = (code: number, message: string, rest: Rest = {}): GraphError => ({
  status: 400,
  code,
  message: `(#${code}) ${message}`,
  ...rest,
});

const unavailable = error(551, "This person isn't available right now.", { subcode: 1545041 });
const noSuchUser = error(100, 'No matching user found', { subcode: 2018001 });
const tokenInvalid: GraphError = {
  status: 401,
  code: 190,
  message: 'Error validating access token: The session has been invalidated.',
};
const rateLimit = error(613, 'Calls to this api have exceeded the rate limit.');
const permission = 'This action requires a permission that the app does not have.';
const outside = 'This message is sent outside of allowed window.';

/** The error of a request that Messenger cannot execute, whoever it is for. */
export const invalidParameter = (what: string): GraphError => error(100, what);

/** The error of a node or an edge that is not there. */
export const unsupported = (method: string, node: string): GraphError => ({
  ...error(100, '', { subcode: 33 }),
  message: `Unsupported ${method.toLowerCase()} request. Object with ID '${node}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
});

/** Errors that rules may name: every row of Messenger's table, and the words that rules of every channel have. */
export const ERRORS = {
  unavailable,
  unavailable_200: { ...unavailable, status: 403, code: 200 },
  no_such_user: noSuchUser,
  not_permitted: error(230, 'Permissions disallow message to user'),
  no_pages_messaging: error(230, 'Requires pages_messaging permission to manage the object'),
  outside_window: error(10, outside, { subcode: 2018278 }),
  outside_window_2018065: error(10, outside, { subcode: 2018065 }),
  app_not_live: error(10, permission, { subcode: 2018108 }),
  page_restricted: error(10, 'The Page is temporarily restricted from sending messages.', {
    subcode: 1893063,
  }),
  permission_missing: error(10, permission, { subcode: 2018028, status: 403 }),
  permission_missing_200: error(200, permission, { subcode: 2018027, status: 403 }),
  token_invalid: tokenInvalid,
  app_limit: error(4, 'Application request limit reached', { status: 403 }),
  app_limit_2018022: error(4, 'Application request limit reached', {
    status: 403,
    subcode: 2018022,
  }),
  rate_limit: rateLimit,
  abuse_warning: error(613, 'Messages of this kind were reported as bothersome or abusive.'),
  too_often: error(4, 'Too many marketing messages to this person.', { subcode: 2018354 }),
  too_often_9: error(9, 'Too many marketing messages to this person.', { subcode: 2018352 }),
  policy_block: error(368, 'The action attempted has been deemed abusive.', { status: 403 }),
  commerce_disabled: error(2022, 'Commerce messages are disabled for this app.'),
  messages_off: error(10904, 'The Page has messages switched off.'),
  invalid_parameter: invalidParameter('Invalid parameter'),
  attachment_too_large: error(100, 'Attachment size exceeds allowable limit', {
    subcode: 2018109,
  }),
  temporary_failure: error(1200, 'Temporary send message failure. Please try again later.'),
  unexpected_error: error(2, 'An unexpected error has occurred. Please retry later.', {
    status: 500,
  }),
  unknown_error: error(1, 'An unknown error occurred', { status: 500 }),
  unknown_error_99: error(1, 'An unknown error occurred', { status: 500, subcode: 99 }),
  /** Of a message that was sent all the same, unless a rule says otherwise. */
  invalid_reply: error(1, 'Invalid JSON reply', { status: 500, subcode: 1357046 }),
  callback_refused: error(2200, 'Callback verification failed'),
  blocked: unavailable,
  deactivated: noSuchUser,
  unauthorized: tokenInvalid,
  flood: rateLimit,
} as const satisfies Readonly<Record<string, GraphError>>;

export type ErrorKind = keyof typeof ERRORS;

export const ERROR_KINDS = Object.keys(ERRORS) as readonly ErrorKind[];

const RATE_CODES: readonly number[] = [4, 613];

/** True of an answer to a bot that is too fast. */
export const isFlood = ({ code, subcode }: GraphError): boolean =>
  RATE_CODES.includes(code) && subcode !== ERRORS.too_often.subcode;

/** The body of an answer that says no. */
export const errorBody = ({ code, subcode, message }: GraphError): string =>
  JSON.stringify({
    error: {
      message,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      fbtrace_id: 'BLBz/WZt8dN',
    },
  });
