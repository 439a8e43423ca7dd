import { errorOf } from './errors.ts';
import { GROUP_METHODS, type Answered, type PlainCall } from './group-methods.ts';
import { integerIn, textIn } from './params.ts';
import type { UploadKind } from './uploads.ts';

type Method = (call: PlainCall) => Answered | Promise<Answered>;

const MOST_EVENT_DATA = 1000;

const uploadServer =
  (kindOf: (call: PlainCall) => UploadKind): Method =>
  (call) => {
    const { world, origin } = call;
    return { response: { upload_url: `${origin}/vk/upload/${world.uploads.open(kindOf(call))}` } };
  };

const saved = (result: object): Answered =>
  'code' in result ? (result as Extract<Answered, { code: number }>) : { response: result };

const savePhoto: Method = ({ world, bot, params }) =>
  saved(
    world.uploads.savePhoto(bot, {
      photo: textIn(params['photo']),
      ticket: textIn(params['hash']),
      server: integerIn(params['server']) ?? 0,
    }),
  );

const saveDocument: Method = ({ world, bot, params }) =>
  saved(world.uploads.saveDocument(bot, textIn(params['file']), textIn(params['title'])));

/** Ends the spinner of a press, once. */
const answerEvent: Method = ({ bot, params }) => {
  const key = `${textIn(params['event_id'])}:${String(params['user_id'])}:${String(params['peer_id'])}`;
  if (textIn(params['event_data']).length > MOST_EVENT_DATA)
    return errorOf(100, 'event_data is too long');
  return bot.knowsQuery(key) ? { response: 1 } : errorOf(100, 'event_id is invalid');
};

const isAllowed: Method = ({ bot, params }) => {
  const user = integerIn(params['user_id']);
  if (user === undefined) return errorOf(100, 'user_id is invalid');
  return { response: { is_allowed: bot.blocked.has(user) ? 0 : 1 } };
};

/** The methods that send nothing, by name. */
export const PLAIN_METHODS: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...GROUP_METHODS,
  ['photos.getMessagesUploadServer', uploadServer(() => 'photo')],
  ['photos.saveMessagesPhoto', savePhoto],
  [
    'docs.getMessagesUploadServer',
    uploadServer(({ params }) => (params['type'] === 'audio_message' ? 'audio_message' : 'doc')),
  ],
  ['docs.getWallUploadServer', uploadServer(() => 'doc')],
  ['docs.save', saveDocument],
  ['messages.sendMessageEventAnswer', answerEvent],
  ['messages.isMessagesFromGroupAllowed', isAllowed],
]);
