import { CredentialsRefused, type Exchanged, type Sender } from '@crier/connector';
import { Unavailable } from '@crier/kernel';
import { fieldsOf, messageIn, parsed, type Classifier, type Fields } from './calls/classify.ts';
import type { GraphApi } from './calls/graph-api.ts';

/** What a Page tells its webhook: messages, presses, receipts, and the echoes that prove a message sent. */
const SUBSCRIBED = [
  'messages',
  'messaging_postbacks',
  'messaging_optins',
  'messaging_referrals',
  'message_deliveries',
  'message_reads',
  'message_echoes',
  'messaging_policy_enforcement',
].join(',');
const ID = /^\d{1,32}$/;
const HTTP_OK = 200;

const withoutSecrets = (text: string, { credentials }: Sender): string =>
  ['token', 'appSecret', 'verifyToken'].reduce((said, name) => {
    const secret = credentials[name] ?? '';
    return secret === '' ? said : said.replaceAll(secret, '…');
  }, text);

/** What the Graph API says to a bot's call. */
class Calls {
  readonly #sender: Sender;
  readonly #classifier: Classifier;

  constructor(sender: Sender, classifier: Classifier) {
    this.#sender = sender;
    this.#classifier = classifier;
  }

  refuse(why: string): never {
    throw new CredentialsRefused(why, { bot: this.#sender.id });
  }

  async answer(call: Promise<Exchanged> | undefined): Promise<Fields> {
    if (call === undefined)
      return this.refuse('the token, the version or the address of the API cannot be one');
    const exchanged = await call;
    const fields = exchanged.kind === 'answered' ? fieldsOf(parsed(exchanged.body)) : undefined;
    if (exchanged.kind === 'answered' && exchanged.status === HTTP_OK && fields) return fields;
    const result = this.#classifier.classify(exchanged);
    if (result.result === 'later' || result.result === 'unknown')
      throw new Unavailable('Messenger does not answer', {
        bot: this.#sender.id,
        reason: result.reason,
      });
    // Meta repeats a token that it cannot read.
    const said = withoutSecrets(messageIn(fieldsOf(fields?.['error'])), this.#sender);
    return this.refuse(`Messenger refuses: ${said}`);
  }
}

const checkSecrets = ({ credentials }: Sender, calls: Calls): void => {
  for (const name of ['appSecret', 'verifyToken'])
    if ((credentials[name] ?? '') === '')
      calls.refuse(`${name} is missing: without it the webhook believes nobody`);
};

/** Has the app's webhook call this address. Meta calls it with the verify token before it answers. */
const setCallback = (
  api: GraphApi,
  sender: Sender,
  callback: { readonly appId: string; readonly url: string },
): Promise<Exchanged> | undefined => {
  const { appSecret = '', verifyToken = '' } = sender.credentials;
  const asApp = {
    ...sender,
    credentials: { ...sender.credentials, token: `${callback.appId}|${appSecret}` },
  };
  const fields = {
    object: 'page',
    callback_url: callback.url,
    verify_token: verifyToken,
    fields: SUBSCRIBED,
    include_values: true,
  };
  return api.post(asApp, `${callback.appId}/subscriptions`, JSON.stringify(fields));
};

/**
 * Checks that the token is the Page's and has the app told of the Page's messages. An app has one address for all its
 * Pages: where the credentials hold its `appId` it is set here, else the team enters it in the app's settings.
 * @throws CredentialsRefused, or Unavailable where Messenger does not answer.
 */
export const connectBot = async (
  api: GraphApi,
  { sender, classifier }: { readonly sender: Sender; readonly classifier: Classifier },
  webhookUrl: string | undefined,
): Promise<{ readonly name: string }> => {
  const calls = new Calls(sender, classifier);
  const { pageId = '', appId } = sender.credentials;
  if (!ID.test(pageId)) return calls.refuse('pageId must be the number of the Page');
  const { id, name } = await calls.answer(api.get(sender, 'me?fields=id,name'));
  if (id !== pageId) return calls.refuse('the token belongs to another Page than pageId');
  if (webhookUrl !== undefined) {
    checkSecrets(sender, calls);
    if (appId !== undefined && !ID.test(appId)) calls.refuse('appId must be the number of the app');
    if (appId !== undefined)
      await calls.answer(setCallback(api, sender, { appId, url: webhookUrl }));
    const fields = JSON.stringify({ subscribed_fields: SUBSCRIBED });
    await calls.answer(api.post(sender, `${pageId}/subscribed_apps`, fields));
  }
  return { name: typeof name === 'string' ? name : pageId };
};
