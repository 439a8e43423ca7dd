import { badRequest, structured, textOf, type Done, type PlainMethod } from './method.ts';
import type { Params, Refusal } from './method.ts';

const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid';
const SECRET = /^[\w-]{1,256}$/;
const LONGEST_NOTICE = 200;

const getMe: PlainMethod = {
  name: 'getMe',
  sends: false,
  run: ({ bot }) => ({
    result: {
      ...bot.user,
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
    },
  }),
};

const webhookFault = (params: Params): Refusal | undefined => {
  const secret = params['secret_token'];
  if (secret !== undefined && secret !== '' && !SECRET.test(textOf(secret) ?? ''))
    return badRequest('secret token contains unallowed characters');
  const url = URL.parse(textOf(params['url']) ?? '');
  if (url === null) return badRequest('bad webhook: invalid webhook URL specified');
  // Plain http too, which Telegram refuses: a sandbox serves machines without certificates.
  return url.protocol === 'https:' || url.protocol === 'http:'
    ? undefined
    : badRequest('bad webhook: An HTTPS URL must be provided for webhook');
};

const allowedUpdates = (value: unknown): readonly string[] | undefined => {
  const kinds = structured(value);
  if (!Array.isArray(kinds) || kinds.length === 0) return undefined;
  return kinds.filter((kind) => typeof kind === 'string');
};

const deleteWebhook: PlainMethod = {
  name: 'deleteWebhook',
  sends: false,
  run: ({ bot }) => {
    const was = bot.webhook;
    bot.webhook = undefined;
    const description = was === undefined ? 'Webhook is already deleted' : 'Webhook was deleted';
    return { result: true, description };
  },
};

const setWebhook: PlainMethod = {
  name: 'setWebhook',
  sends: false,
  run: (call): Done | Refusal => {
    const { bot, params } = call;
    const url = textOf(params['url']) ?? '';
    if (url === '') return deleteWebhook.run(call);
    const fault = webhookFault(params);
    if (fault !== undefined) return fault;
    const secret = textOf(params['secret_token']) ?? '';
    bot.webhook = {
      url,
      secretToken: secret === '' ? undefined : secret,
      allowedUpdates:
        'allowed_updates' in params
          ? allowedUpdates(params['allowed_updates'])
          : bot.webhook?.allowedUpdates,
    };
    bot.lastError = undefined;
    return { result: true, description: 'Webhook was set' };
  },
};

const getWebhookInfo: PlainMethod = {
  name: 'getWebhookInfo',
  sends: false,
  run: ({ bot }) => ({
    result: {
      url: bot.webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: bot.pendingUpdates,
      ...(bot.lastError === undefined
        ? {}
        : { last_error_date: bot.lastError.date, last_error_message: bot.lastError.message }),
      ...(bot.webhook?.allowedUpdates === undefined
        ? {}
        : { allowed_updates: bot.webhook.allowedUpdates }),
    },
  }),
};

const answerCallbackQuery: PlainMethod = {
  name: 'answerCallbackQuery',
  sends: false,
  run: ({ bot, params }) => {
    if (!bot.knowsQuery(textOf(params['callback_query_id']) ?? '')) return badRequest(TOO_OLD);
    return (textOf(params['text']) ?? '').length > LONGEST_NOTICE
      ? badRequest('MESSAGE_TOO_LONG')
      : { result: true };
  },
};

const answerPreCheckoutQuery: PlainMethod = {
  name: 'answerPreCheckoutQuery',
  sends: false,
  run: ({ bot, params }) => {
    const id = textOf(params['pre_checkout_query_id']) ?? '';
    if (!bot.knowsQuery(id)) return badRequest(TOO_OLD);
    const approved = textOf(params['ok']) === 'true';
    if (!approved && (textOf(params['error_message']) ?? '') === '')
      return badRequest('error message must be non-empty');
    bot.decideCheckout(id, approved);
    return { result: true };
  },
};

/** Every method that sends nothing. */
export const plainMethods: readonly PlainMethod[] = [
  getMe,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  answerCallbackQuery,
  answerPreCheckoutQuery,
];
