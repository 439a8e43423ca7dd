import { createHash } from 'node:crypto';
import { World } from './world.ts';

export const CHANNELS = ['telegram', 'facebook', 'viber', 'vk', 'skype'] as const;
export type ChannelName = (typeof CHANNELS)[number];

const APP_ID = '11111111-2222-3333-4444-555555555555';
const APP_SECRET = 'very~secret.indeed';

/** One bot on each messenger: its token at the sandbox, and what it is registered with. */
const BOTS: Readonly<
  Record<
    ChannelName,
    { readonly token: string; readonly credentials: object; readonly rate: number }
  >
> = {
  telegram: { token: '111:five', credentials: { token: '111:five' }, rate: 1_000 },
  facebook: {
    token: 'page-token-five',
    credentials: {
      token: 'page-token-five',
      pageId: '4001',
      appSecret: 'app-secret-of-five',
      verifyToken: 'verify-five',
      appId: '5001',
    },
    rate: 300,
  },
  viber: {
    token: '4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f',
    credentials: {
      token: '4453b6ac12345678-e02c5f12174805f9-daec9cbb5448c51f',
      senderName: 'The corner shop',
    },
    rate: 5_000,
  },
  vk: {
    token: 'vk1.a.five',
    credentials: { token: 'vk1.a.five', groupId: '6001' },
    rate: 5_000,
  },
  skype: { token: APP_ID, credentials: { appId: APP_ID, appSecret: APP_SECRET }, rate: 30 },
};

/** What the sandbox has to know of a bot beforehand. */
const AT_SANDBOX: Readonly<Record<ChannelName, (webhook: string) => object>> = {
  telegram: () => ({ name: 'Five' }),
  facebook: () => ({ id: 4001, name: 'Five', appId: '5001', appSecret: 'app-secret-of-five' }),
  viber: () => ({ name: 'Five' }),
  vk: () => ({ id: 6001, name: 'Five' }),
  skype: (webhook) => ({ name: 'Five', secret: APP_SECRET, webhook }),
};

/** The address of a person, in the form of the channel. */
export const addressOf = (channel: ChannelName, i: number): string => {
  if (channel === 'viber')
    return `${createHash('sha256').update(`p${i}`).digest('base64').slice(0, 22)}==`;
  if (channel === 'skype') return `29:person-${i}`;
  // Long ones, so that they are nowhere by chance.
  return { telegram: '5550', facebook: '8815550123', vk: '1555' }[channel] + String(100_000 + i);
};

export interface ChannelCounts {
  readonly accepted: number;
  readonly distinctChats: number;
  readonly duplicates: number;
  readonly presses: number;
  readonly trouble: Readonly<Record<string, number>>;
}

/** The product with a bot on each of the five messengers. */
export class FiveMessengers {
  readonly world: World;

  private constructor(world: World) {
    this.world = world;
  }

  static async open(env: Readonly<Record<string, string>> = {}): Promise<FiveMessengers> {
    const world = await World.openEmpty((sandboxUrl) => ({
      env: {
        CRIER_CHANNELS: CHANNELS.join(','),
        CRIER_SKYPE_LOGIN: `${sandboxUrl}/skype/login`,
        CRIER_SKYPE_KEYS: `${sandboxUrl}/skype/v1/.well-known/openidconfiguration`,
        CRIER_SPEED_CEILING: '5000',
        CRIER_LOG_LEVEL: 'debug',
        ...env,
      },
      copies: {
        'dispatcher-facebook': 1,
        'dispatcher-viber': 1,
        'dispatcher-vk': 1,
        'dispatcher-skype': 1,
      },
    }));
    const five = new FiveMessengers(world);
    for (const channel of CHANNELS) await five.#register(channel);
    return five;
  }

  async #register(channel: ChannelName): Promise<void> {
    const { world } = this;
    const { token, credentials, rate } = BOTS[channel];
    const path = `/sandbox/${channel}/bots/${encodeURIComponent(token)}`;
    await world.admin('PUT', path, AT_SANDBOX[channel](`${world.url}/hooks/${channel}/${channel}`));
    const { url } = world.sandbox;
    await world.call('PUT', `/v1/bots/${channel}`, {
      channel,
      name: channel,
      credentials,
      rate,
      apiUrl: channel === 'telegram' ? url : `${url}/${channel}`,
    });
  }

  /** What nobody may find outside the stores of people and bots. */
  get secrets(): readonly string[] {
    return CHANNELS.flatMap((channel) => [
      BOTS[channel].token,
      ...Object.values(BOTS[channel].credentials).filter(
        (value): value is string => typeof value === 'string' && value.length > 8,
      ),
    ]);
  }

  counts(channel: ChannelName): Promise<ChannelCounts> {
    return this.world.admin('GET', `/sandbox/${channel}/counts`);
  }

  async trouble(channel: ChannelName, rules: readonly object[]): Promise<void> {
    await this.world.admin('PUT', `/sandbox/${channel}/trouble`, { rules });
  }

  async receipts(channel: ChannelName, plan: object): Promise<void> {
    await this.world.admin('PUT', `/sandbox/${channel}/receipts`, plan);
  }

  /** As the reader of the newest message would. */
  async press(
    channel: ChannelName,
    i: number,
    button: number,
  ): Promise<{ readonly status?: number; readonly url?: string }> {
    const address = addressOf(channel, i);
    const isNumber = channel === 'telegram' || channel === 'vk';
    const chat = isNumber ? Number(address) : address;
    const pressed = { bot: BOTS[channel].token, chat, button };
    if (channel !== 'telegram')
      return this.world.admin('POST', `/sandbox/${channel}/press`, pressed);
    const newest = (await this.world.chat(BOTS.telegram.token, address)).at(-1);
    const messageId = newest?.message_id ?? 0;
    return this.world.admin('POST', '/sandbox/telegram/press', { ...pressed, messageId });
  }

  close(): Promise<void> {
    return this.world.close();
  }
}
