import type { Answer } from '../answers.ts';

/** Why a request was refused, in the Connector's words. */
export interface ConnectorError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly subCode?: string;
  /** In seconds. */
  readonly retryAfter?: number;
}

const error = (status: number, code: string, message: string): ConnectorError => ({
  status,
  code,
  message,
});

export const badSyntax = (message: string): ConnectorError => error(400, 'BadSyntax', message);
export const badArgument = (message: string): ConnectorError => error(400, 'BadArgument', message);
export const TOO_BIG = error(413, 'MessageSizeTooBig', 'Message size too large');
export const BLOCKED: ConnectorError = {
  ...error(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.'),
  subCode: 'MessageWritesBlocked',
};
const NOT_IN_ROSTER = error(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);
const NOT_REGISTERED = error(401, 'BotNotRegistered', 'No registration found for this bot.');

export const throttled = (retryAfter: number): ConnectorError => ({
  ...error(429, 'Throttled', 'Too many requests'),
  retryAfter,
});

/** Refusals that rules may name: the Connector's own, and the words that rules of every channel have. */
export const REFUSALS: Readonly<{ [kind: string]: ConnectorError }> = {
  badArgument: badArgument('Bad argument'),
  badSyntax: badSyntax('Bad format of activity'),
  botNotRegistered: NOT_REGISTERED,
  conversationBlockedByUser: BLOCKED,
  botNotInConversationRoster: NOT_IN_ROSTER,
  forbiddenOperation: error(403, 'ForbiddenOperationException', 'Bot is not installed'),
  botDisabledByAdmin: error(403, 'BotDisabledByAdmin', 'The tenant admin disabled this bot'),
  notEnoughPermissions: error(403, 'NotEnoughPermissions', 'Not enough permissions'),
  conversationNotFound: error(404, 'ConversationNotFound', 'Conversation not found.'),
  activityNotFound: error(404, 'ActivityNotFoundInConversation', 'The message is not found.'),
  notSupported: error(405, 'MethodNotAllowed', 'The channel does not support this operation.'),
  preconditionFailed: error(412, 'PreconditionFailed', 'Precondition failed, please try again.'),
  messageSizeTooBig: TOO_BIG,
  throttled: throttled(1),
  serviceError: error(500, 'ServiceError', 'Internal error'),
  badGateway: error(502, 'BadGateway', 'Bad gateway'),
  unavailable: error(503, 'ServiceUnavailable', 'Service unavailable'),
  gatewayTimeout: error(504, 'GatewayTimeout', 'Gateway timeout'),
  blocked: BLOCKED,
  deactivated: error(404, 'ConversationNotFound', 'Conversation not found.'),
  unauthorized: NOT_REGISTERED,
  flood: throttled(1),
};

/** Those that name a time to wait, which a rule may choose. */
export const THROTTLES: readonly string[] = ['throttled', 'flood'];

/** The answer of a refused request. */
export const refusal = ({ status, code, message, subCode, retryAfter }: ConnectorError): Answer => {
  const body = JSON.stringify({ error: { code, message, subCode } });
  return retryAfter === undefined ? { status, body } : { status, body, retryAfter };
};

/** What the login says of what it does not grant. */
export const LOGIN_REFUSALS: Readonly<{ [kind: string]: Answer }> = {
  invalidClient: {
    status: 401,
    body: '{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}',
  },
  unauthorizedClient: {
    status: 400,
    body: '{"error":"unauthorized_client","error_description":"AADSTS700016: Application was not found in the directory."}',
  },
  unsupportedGrant: {
    status: 400,
    body: '{"error":"unsupported_grant_type","error_description":"AADSTS70003: The grant is not supported."}',
  },
  invalidScope: {
    status: 400,
    body: '{"error":"invalid_scope","error_description":"AADSTS70011: The scope is not valid."}',
  },
};
