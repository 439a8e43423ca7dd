import { SecretEnvironment } from '@crier/deployment';
import { HttpUrl, Whole } from '@crier/platform';
import { IsOptional } from 'class-validator';

/** What a dispatcher for Telegram has to know. */
export class DispatcherEnvironment extends SecretEnvironment {
  @Whole(1, 1_000) CRIER_CONCURRENCY = 50;
  /** Instead of Telegram's own address. */
  @IsOptional() @HttpUrl() CRIER_TELEGRAM_API?: string;
}
