import { SecretEnvironment } from '@crier/deployment';
import { HttpUrl, OnOff, Token, Whole } from '@crier/platform';
import { IsOptional, IsString } from 'class-validator';

/** What the gateway has to know. */
export class GatewayEnvironment extends SecretEnvironment {
  @IsOptional() @Token() CRIER_ADMIN_TOKEN?: string;
  @Whole(1, 100_000) CRIER_SPEED_CEILING = 25;
  @IsOptional() @HttpUrl() CRIER_TELEGRAM_API?: string;
  /** A reverse proxy stands before it: callers are told apart by what it says in X-Forwarded-For. */
  @OnOff() CRIER_TRUST_PROXY = false;
  /** For imports under way: may be emptied at any start. */
  @IsString() CRIER_SPOOL = './data/gateway';
}
