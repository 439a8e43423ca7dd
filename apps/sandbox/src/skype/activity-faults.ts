import { asObject, type Params } from '../telegram-methods/method.ts';
import { badArgument, badSyntax, type ConnectorError } from './errors.ts';

type Fault = ConnectorError | undefined;

const CARDS = 'application/vnd.microsoft.card.';
const MOST_BUTTONS = 3;
const MOST_TITLE = 20;
const MOST_ATTACHMENTS = 10;
const ACTIONS: readonly unknown[] = ['openUrl', 'imBack', 'postBack', 'messageBack'];

const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '');

const listIn = (value: unknown): readonly Params[] =>
  Array.isArray(value) ? value.map((each) => asObject(each) ?? {}) : [];

/** The actions of an attachment, if it is a card that has some. */
export const actionsOf = (attachment: Params): readonly Params[] =>
  listIn(asObject(attachment['content'])?.['buttons']);

/** The attachments of an activity. */
export const attachmentsOf = (activity: Params): readonly Params[] =>
  listIn(activity['attachments']);

const firstOf = (faults: readonly Fault[]): Fault => faults.find((fault) => fault !== undefined);

const actionFault = ({ type, title, value, text }: Params): Fault => {
  if (!ACTIONS.includes(type)) return badArgument(`Unknown action type ${String(type)}`);
  if (typeof title !== 'string' || title === '') return badArgument('An action needs a title');
  if (title.length > MOST_TITLE) return badArgument('The title of an action is too long');
  if (type === 'openUrl') return isUrl(value) ? undefined : badArgument('value must be a URL');
  return [value, text].some((said) => typeof said === 'string' && said !== '')
    ? undefined
    : badArgument('An action needs a value');
};

const cardFault = (attachment: Params): Fault => {
  const content = asObject(attachment['content']);
  if (content === undefined || Object.keys(content).length === 0)
    return badSyntax('A card needs content');
  const actions = actionsOf(attachment);
  if (actions.length > MOST_BUTTONS) return badArgument('A card has at most 3 actions');
  const pictures = listIn(content['images']).map(({ url }) =>
    isUrl(url) ? undefined : badArgument('images[].url must be a URL'),
  );
  return firstOf([...pictures, ...actions.map(actionFault)]);
};

const attachmentFault = (attachment: Params): Fault => {
  const { contentType, contentUrl } = attachment;
  if (typeof contentType !== 'string') return badSyntax('An attachment needs a contentType');
  if (contentType.startsWith(CARDS)) return cardFault(attachment);
  return isUrl(contentUrl) ? undefined : badArgument('contentUrl must be a URL');
};

/** Why the Connector would refuse an activity, whoever it is for; `undefined`: it would not. */
export const activityFault = (activity: Params | undefined): Fault => {
  if (activity === undefined) return badSyntax('The activity is no JSON object');
  const { type, text = '', from } = activity;
  const attachments = attachmentsOf(activity);
  if (type !== 'message') return badSyntax('The activity is no message');
  if (typeof asObject(from)?.['id'] !== 'string') return badSyntax('from.id is missing');
  if (typeof text !== 'string') return badSyntax('text must be a string');
  if (text === '' && attachments.length === 0) return badSyntax('Activity is empty');
  if (attachments.length > MOST_ATTACHMENTS) return badArgument('Too many attachments');
  return firstOf(attachments.map(attachmentFault));
};
