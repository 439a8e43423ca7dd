import type { Sender } from '@crier/connector';
import { groupIdOf } from '../account.ts';
import { answerOf, fieldsIn } from '../calls/vk-answer.ts';
import type { VkApi } from '../calls/vk-api.ts';

/**
 * The texts by which communities' webhooks prove themselves: VK asks a new webhook for it, while the bot is being
 * connected, and may ask another copy than the one that connects. So every copy can fetch it, and keeps it.
 */
export class Confirmations {
  readonly #api: VkApi;
  readonly #known = new Map<string, Promise<string | undefined>>();

  constructor(api: VkApi) {
    this.#api = api;
  }

  /** The text of the bot's community: as the credentials say, or as VK does. `undefined` where VK does not say. */
  async of(sender: Sender): Promise<string | undefined> {
    const { confirmation, token } = sender.credentials;
    if (confirmation !== undefined) return confirmation;
    const key = JSON.stringify([token, sender.credentials['groupId'], sender.apiUrl]);
    const asked = this.#known.get(key) ?? this.#fetch(sender);
    this.#known.set(key, asked);
    const code = await asked;
    // The next caller asks again.
    if (code === undefined) this.#known.delete(key);
    return code;
  }

  async #fetch(sender: Sender): Promise<string | undefined> {
    const line = this.#api.lineOf(sender);
    const group = groupIdOf(sender);
    if (line === undefined || group === undefined) return undefined;
    const method = 'groups.getCallbackConfirmationCode';
    const answer = answerOf(await line.call(method, { group_id: group }));
    const { code } = fieldsIn('response' in answer ? answer.response : undefined);
    return typeof code === 'string' && code !== '' ? code : undefined;
  }
}
