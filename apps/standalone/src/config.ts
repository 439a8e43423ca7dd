import type { ConnectorsOptions } from '@crier/channels';
import {
  apisOf,
  ChannelApis,
  ChannelNames,
  HttpUrl,
  LogLevel,
  OnOff,
  Port,
  Secret,
  Token,
  validated,
  Whole,
} from '@crier/platform';
import { IsOptional, IsString } from 'class-validator';

class StandaloneEnvironment {
  @IsString() CRIER_HOST = '127.0.0.1';
  @Port() CRIER_PORT = 8080;
  @Port() CRIER_SANDBOX_PORT = 8081;
  @IsString() CRIER_DATA = './data';
  @IsOptional() @Token() CRIER_ADMIN_TOKEN?: string;
  @OnOff() CRIER_DEMO = true;
  @IsOptional() @HttpUrl() CRIER_PUBLIC_URL?: string;
  @Whole(1, 100_000) CRIER_SPEED_CEILING = 25;
  @Whole(1, 1_000) CRIER_CONCURRENCY = 50;
  @LogLevel() CRIER_LOG_LEVEL = 'info';
  /** Skype is off unless it is named here: consumer Skype was shut down. */
  @ChannelNames() CRIER_CHANNELS = 'telegram,facebook,viber,vk';
  /** Instead of the messengers' own addresses, for bots that name none: `channel=address,…`. */
  @IsOptional() @ChannelApis() CRIER_APIS?: string;
  /** Messages per second of a bot on Viber at most, where the team was granted more than Viber publishes. */
  @IsOptional() @Whole(1, 100_000) CRIER_VIBER_RATE?: number;
  /** Where Skype's bots sign in, and where the keys of its webhooks are, instead of Microsoft's. */
  @IsOptional() @HttpUrl() CRIER_SKYPE_LOGIN?: string;
  @IsOptional() @HttpUrl() CRIER_SKYPE_KEYS?: string;
  @OnOff() CRIER_TRUST_HOST = false;
  @IsOptional() @Secret() CRIER_SECRET?: string;
}

export interface StandaloneConfig {
  readonly host: string;
  readonly port: number;
  readonly sandboxPort: number;
  readonly dataDirectory: string;
  readonly adminToken: string | undefined;
  readonly demo: boolean;
  /** Where people and messengers reach this process; its own address where absent. */
  readonly publicUrl: string | undefined;
  readonly speedCeiling: number;
  readonly concurrency: number;
  readonly logLevel: string;
  readonly channels: readonly string[];
  readonly apis: ConnectorsOptions['apis'];
  readonly viberRate: number | undefined;
  readonly skype: NonNullable<ConnectorsOptions['skype']>;
  /** The data came to this machine on purpose: leave the safe mode. */
  readonly trustHost: boolean;
  /** Encrypts credentials and signs refs; kept in the data directory where absent. */
  readonly secret: string | undefined;
}

/** @throws BadConfiguration with every fault at once */
export const standaloneConfig = (environment: NodeJS.ProcessEnv): StandaloneConfig => {
  const env = validated(StandaloneEnvironment, environment);
  return {
    host: env.CRIER_HOST,
    port: env.CRIER_PORT,
    sandboxPort: env.CRIER_SANDBOX_PORT,
    dataDirectory: env.CRIER_DATA,
    adminToken: env.CRIER_ADMIN_TOKEN,
    demo: env.CRIER_DEMO,
    publicUrl: env.CRIER_PUBLIC_URL?.replace(/\/+$/, ''),
    speedCeiling: env.CRIER_SPEED_CEILING,
    concurrency: env.CRIER_CONCURRENCY,
    logLevel: env.CRIER_LOG_LEVEL,
    channels: env.CRIER_CHANNELS.split(','),
    apis: apisOf(env.CRIER_APIS),
    viberRate: env.CRIER_VIBER_RATE,
    skype: {
      ...(env.CRIER_SKYPE_LOGIN === undefined ? {} : { loginUrl: env.CRIER_SKYPE_LOGIN }),
      ...(env.CRIER_SKYPE_KEYS === undefined ? {} : { openIdUrl: env.CRIER_SKYPE_KEYS }),
    },
    trustHost: env.CRIER_TRUST_HOST,
    secret: env.CRIER_SECRET,
  };
};
