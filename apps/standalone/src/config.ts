import { validated } from '@crier/platform';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  Max,
  Min,
  MinLength,
} from 'class-validator';

const onOff = ({ obj, key }: { obj: Record<string, unknown>; key: string }): unknown => {
  const text = obj[key];
  if (text === undefined || typeof text === 'boolean') return text;
  return text === 'on' ? true : text === 'off' ? false : text;
};
const ON_OFF = { message: '$property must be "on" or "off"' };
const PORT = { message: '$property must be a port between 0 and 65535' };

class StandaloneEnvironment {
  @IsString() CRIER_HOST = '127.0.0.1';
  @Type(() => Number) @IsInt(PORT) @Min(0, PORT) @Max(65_535, PORT) CRIER_PORT = 8080;
  @Type(() => Number) @IsInt(PORT) @Min(0, PORT) @Max(65_535, PORT) CRIER_SANDBOX_PORT = 8081;
  @IsString() CRIER_DATA = './data';
  @IsOptional()
  @Matches(/^[\w-]{16,200}$/, { message: '$property must be 16 to 200 letters, digits, - or _' })
  CRIER_ADMIN_TOKEN?: string;
  @Transform(onOff) @IsBoolean(ON_OFF) CRIER_DEMO = true;
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  CRIER_PUBLIC_URL?: string;
  @Type(() => Number) @IsInt() @Min(1) @Max(100_000) CRIER_SPEED_CEILING = 25;
  @Type(() => Number) @IsInt() @Min(1) @Max(1_000) CRIER_CONCURRENCY = 50;
  @IsIn(['error', 'warn', 'info', 'debug', 'silent']) CRIER_LOG_LEVEL = 'info';
  @IsOptional()
  @IsUrl({ require_tld: false, protocols: ['http', 'https'], require_protocol: true })
  CRIER_TELEGRAM_API?: string;
  @Transform(onOff) @IsBoolean(ON_OFF) CRIER_TRUST_HOST = false;
  @IsOptional() @MinLength(32) CRIER_SECRET?: string;
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
  readonly telegramApi: string | undefined;
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
    telegramApi: env.CRIER_TELEGRAM_API?.replace(/\/+$/, ''),
    trustHost: env.CRIER_TRUST_HOST,
    secret: env.CRIER_SECRET,
  };
};
