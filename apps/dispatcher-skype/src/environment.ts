import { DispatcherEnvironment } from '@crier/dispatcher/open';
import { HttpUrl } from '@crier/platform';
import { IsOptional } from 'class-validator';

/** What the dispatcher for Skype has to know besides. */
export class SkypeEnvironment extends DispatcherEnvironment {
  /** Where bots sign in, and where the keys of webhooks are, instead of Microsoft's. */
  @IsOptional() @HttpUrl() CRIER_SKYPE_LOGIN?: string;
  @IsOptional() @HttpUrl() CRIER_SKYPE_KEYS?: string;
}
