/** Why a request, or a receiver of it, was refused: Viber's own number and words. */
export type Status = { readonly status: number; readonly status_message: string };

const names = [
  'ok',
  'invalidUrl',
  'invalidAuthToken',
  'badData',
  'missingData',
  'receiverNotRegistered',
  'receiverNotSubscribed',
  'publicAccountBlocked',
  'publicAccountNotFound',
  'publicAccountSuspended',
  'webhookNotSet',
  'receiverNoSuitableDevice',
  'tooManyRequests',
  'apiVersionNotSupported',
  'incompatibleWithVersion',
  'publicAccountNotAuthorized',
  'inchatReplyMessageNotAllowed',
  'publicAccountIsNotInline',
  'noPublicChat',
  'cannotSendBroadcast',
  'broadcastNotAllowed',
] as const;

/** A status by Viber's name for it. */
export const statusOf = (name: (typeof names)[number], more = ''): Status => ({
  status: names.indexOf(name),
  status_message: more === '' ? name : `${name}: ${more}`,
});

export const OK: Status = { status: 0, status_message: 'ok' };

const HOURLY: Status = {
  status: 12,
  status_message: 'maximum messages from Public Account to Viber user without reply exceeded.',
};

/** Refusals that rules may name: Viber's own, and the words that rules of every channel have. */
export const REFUSALS: Readonly<{ [kind: string]: Status }> = {
  ...Object.fromEntries(names.slice(1).map((name) => [name, statusOf(name)])),
  hourlyLimit: HOURLY,
  generalError: { status: 99, status_message: 'general error' },
  blocked: statusOf('receiverNotSubscribed'),
  deactivated: statusOf('receiverNotRegistered'),
  unauthorized: statusOf('invalidAuthToken'),
  flood: statusOf('tooManyRequests'),
};
