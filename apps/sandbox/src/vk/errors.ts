/** Why VK refuses a call, or one recipient of it. */
export interface VkError {
  readonly code: number;
  readonly message: string;
}

/** VK's errors, in its own words. */
const MESSAGES: Readonly<{ [code: number]: string }> = {
  1: 'Unknown error occurred',
  3: 'Unknown method passed',
  4: 'Incorrect signature',
  5: 'User authorization failed: invalid access_token (4).',
  6: 'Too many requests per second',
  7: 'Permission to perform this action is denied',
  8: 'Invalid request',
  9: 'Flood control',
  10: 'Internal server error',
  12: 'Unable to compile code',
  13: 'Runtime error occurred during code invocation',
  14: 'Captcha needed',
  15: 'Access denied',
  18: 'User was deleted or banned',
  20: 'Permission to perform this action is denied for non-standalone applications',
  27: 'Group authorization failed',
  28: 'Application authorization failed',
  29: 'Rate limit reached',
  36: 'Method execution was interrupted due to timeout',
  37: 'User was banned',
  43: 'This section is temporary unavailable',
  100: 'One of the parameters specified was missing or invalid',
  113: 'Invalid user id',
  203: 'Access to group denied',
  900: "Can't send messages for users from blacklist",
  901: "Can't send messages for users without permission",
  902: "Can't send messages to this user due to their privacy settings",
  910: "Can't sent this message, because it's too big",
  911: 'Keyboard format is invalid',
  912: 'This is a chat bot feature, change this status in settings',
  913: 'Too many forwarded messages',
  914: 'Message is too long',
  917: "You don't have access to this chat",
  921: "Can't forward these messages",
  922: 'You left this chat',
  927: 'Chat does not exist',
  932: "Your community can't interact with this peer",
  936: 'Contact not found',
  940: 'Too many posts in messages',
  943: 'Cannot use this intent',
  944: 'Limits overflow for this intent',
  945: 'Chat was disabled',
  946: 'Chat not supported',
  950: "Can't send message, reply timed out",
  984: 'Spam restriction',
  1021: 'There is no conversation with the user',
  2000: 'Servers number limit is reached',
};

/** Errors that VK reports beside the recipient, while the others of the call get their message. */
const OF_A_PEER: ReadonlySet<number> = new Set([
  18, 37, 900, 901, 902, 917, 922, 927, 932, 945, 946, 950, 1021,
]);

/** Errors of whole programs. */
const OF_A_REQUEST: ReadonlySet<number> = new Set([4, 5, 12, 13, 27, 28]);

export const SCOPES = ['peer', 'call', 'request'] as const;

/** What an error stops: one recipient, a call with all its recipients, or a request with all its calls. */
export type Scope = (typeof SCOPES)[number];

/** An error by its code; `more` is said behind VK's words. */
export const errorOf = (code: number, more = ''): VkError => {
  const message = MESSAGES[code] ?? 'Something new';
  return { code, message: more === '' ? message : `${message}: ${more}` };
};

/** What an error of this code stops by itself. */
export const scopeOf = (code: number): Scope => {
  if (OF_A_PEER.has(code)) return 'peer';
  return OF_A_REQUEST.has(code) ? 'request' : 'call';
};

/** Words that rules of every channel have, as VK says them. */
export const NAMED_ERRORS: Readonly<{ [kind: string]: number }> = {
  blocked: 901,
  deactivated: 18,
  unauthorized: 5,
  flood: 6,
};

/** An error as VK answers it. */
export const errorAnswer = ({ code, message }: VkError, method: string): object => ({
  error: {
    error_code: code,
    error_msg: message,
    request_params: [{ key: 'method', value: method }],
  },
});
