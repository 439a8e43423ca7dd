import { SecretEnvironment } from '@crier/deployment';
import { ChannelApis, Whole } from '@crier/platform';
import { IsOptional } from 'class-validator';

/** What every dispatcher has to know. */
export class DispatcherEnvironment extends SecretEnvironment {
  @Whole(1, 1_000) CRIER_CONCURRENCY = 50;
  /** Instead of the messengers' own addresses, for bots that name none: `channel=address,…`. */
  @IsOptional() @ChannelApis() CRIER_APIS?: string;
}
