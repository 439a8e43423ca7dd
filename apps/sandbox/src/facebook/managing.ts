import type { Answer } from '../answers.ts';
import type { Bot } from '../bots.ts';
import type { Fields } from '../call.ts';
import { textOf, type Params } from '../telegram-methods/method.ts';
import { uploadIn } from './attachments.ts';
import { isCallbackVerified } from './callback-check.ts';
import { ERRORS, invalidParameter } from './graph-errors.ts';
import { answerWith, isDone, refusal, spoiledBy } from './sending.ts';
import type { FacebookWorld } from './world.ts';

interface Answered {
  readonly answer: Answer;
  readonly latencyMs: number;
}

const SUCCESS = { success: true };

const fieldsIn = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value.map(String) : (textOf(value) ?? '').split(',')).filter(
    (field) => field !== '',
  );

/** The Page itself. */
export const profileOf = ({ id, name }: Bot): Answer => answerWith({ name, id: String(id) });

/** Keeps a file, under an id of its own. */
export const upload = (world: FacebookWorld, bot: Bot, fields: Fields): Answered => {
  const method = 'message_attachments';
  world.counts.otherCall(method);
  const { deed, latencyMs } = world.troubles.meet({ bot, method, chat: undefined }, (kind) => {
    world.counts.trouble(kind);
  });
  const kept = (): Answer => {
    const upload = uploadIn(fields);
    if ('code' in upload) return refusal(upload);
    const id = world.mids.takeAttachment();
    world.attachments.put(bot, id, upload.type);
    return answerWith({ attachment_id: id });
  };
  if (deed === undefined) return { answer: kept(), latencyMs };
  if (isDone(deed)) kept();
  return { answer: spoiledBy(deed), latencyMs };
};

/** Has the app told of these fields of the Page. */
export const subscribe = ({ counts, pages }: FacebookWorld, bot: Bot, params: Params): Answer => {
  counts.otherCall('subscribed_apps');
  const fields = fieldsIn(params['subscribed_fields']);
  if (fields.length === 0)
    return refusal(invalidParameter('The parameter subscribed_fields is required.'));
  pages.subscribe(bot, fields);
  return answerWith(SUCCESS);
};

/** Has an app's webhook called at another address, for all its Pages. `token`: `<app id>|<app secret>`. */
export const setCallback = async (
  { bots, counts, pages }: FacebookWorld,
  appId: string,
  { token, params }: { readonly token: string; readonly params: Params },
): Promise<Answer> => {
  counts.otherCall('subscriptions');
  const own = bots.all().filter((bot) => {
    const { id, secret } = pages.appOf(bot);
    return id === appId && token === `${id}|${secret}`;
  });
  if (own.length === 0) return refusal(ERRORS.token_invalid);
  const { callback_url: url, verify_token: verifyToken } = params;
  if (params['object'] !== 'page') return refusal(invalidParameter('Param object must be page'));
  if (!(await isCallbackVerified(textOf(url) ?? '', textOf(verifyToken) ?? '')))
    return refusal(ERRORS.callback_refused);
  for (const bot of own) pages.setCallback(bot, String(url));
  return answerWith(SUCCESS);
};
