import { DispatcherEnvironment } from '@crier/dispatcher/open';
import { Whole } from '@crier/platform';
import { IsOptional } from 'class-validator';

/** What the dispatcher for Viber has to know besides. */
export class ViberEnvironment extends DispatcherEnvironment {
  /** Messages per second of a bot at most, where the team was granted more than Viber publishes. */
  @IsOptional() @Whole(1, 100_000) CRIER_VIBER_RATE?: number;
}
