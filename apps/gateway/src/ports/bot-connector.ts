import type { Bot } from '@crier/audience';

/** Speaks to a messenger for a bot that is being registered. */
export abstract class BotConnector {
  /**
   * Checks the credentials and points the bot's webhook here. Gives the bot as it is to be kept: with the messenger's name for it
   * where it had none, and with a webhook secret.
   * @throws an AppError with code CREDENTIALS_REFUSED, UNKNOWN_CHANNEL or UNAVAILABLE
   */
  abstract connect(bot: Bot): Promise<Bot>;
}
