import type { Bot, BotRegistry } from '@crier/audience';
import type { Log } from '@crier/kernel';

export interface ConnectBotsDeps {
  readonly bots: BotRegistry;
  readonly connector: {
    readonly channel: string;
    connect(bot: Bot, webhookUrl: string): Promise<unknown>;
  };
  readonly log: Log;
}

/**
 * Points the webhook of every bot of the channel at `webhookUrl`. A messenger that cannot be reached now keeps its old address;
 * sending needs none.
 */
export const connectBots = async (
  { bots, connector, log }: ConnectBotsDeps,
  webhookUrl: string,
): Promise<void> => {
  for (const bot of await bots.list())
    if (bot.channel === connector.channel)
      await connector
        .connect(bot, `${webhookUrl}/hooks/${bot.channel}/${bot.id}`)
        .catch((error: unknown) => {
          log.warn('webhook not set', { botId: bot.id, error: String(error) });
        });
};
