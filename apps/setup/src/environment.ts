import { ClusterEnvironment } from '@crier/deployment';
import { HttpUrl, OnOff, Secret, Token } from '@crier/platform';
import { IsOptional, IsString } from 'class-validator';

/** What the setup step has to know. */
export class SetupEnvironment extends ClusterEnvironment {
  /** A directory that all apps can read: holds the installation's secret and first admin token where nobody gave them. */
  @IsString() CRIER_KEYS = './data/keys';
  @IsOptional() @Secret() CRIER_SECRET?: string;
  @IsOptional() @Token() CRIER_ADMIN_TOKEN?: string;
  /** Two bots and 2,000 contacts on the sandbox, where there are none. */
  @OnOff() CRIER_DEMO = true;
  @IsOptional() @HttpUrl() CRIER_SANDBOX_URL?: string;
  /** Where people will reach the gateway. */
  @HttpUrl() CRIER_PUBLIC_URL!: string;
}
