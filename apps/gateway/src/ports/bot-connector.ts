import type { Bot } from '@crier/audience';

/** Speaks to a messenger for a bot that is being registered. */
export abstract class BotConnector {
  /**
   * Made up here: what the bot lacks of the secrets that its team has to set on the other side by hand. None on channels
   * whose messenger is told them while the bot is connected. @throws Unavailable
   */
  abstract secretsFor(bot: Bot): Promise<Readonly<Record<string, string>>>;

  /**
   * Checks the credentials and points the bot's webhook here. Gives the bot as it is to be kept: with the messenger's name
   * for it where it had none, and with secrets of its own. `keep` is called before the messenger is: some call the webhook
   * while it is being set, and it has to know the bot.
   * @throws an AppError with code CREDENTIALS_REFUSED, UNKNOWN_CHANNEL or UNAVAILABLE
   */
  abstract connect(bot: Bot, keep: (bot: Bot) => Promise<void>): Promise<Bot>;
}
