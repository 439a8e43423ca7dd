import { SecretEnvironment } from '@crier/deployment';
import { ChannelApis, ChannelNames, HttpUrl, OnOff, Token, Whole } from '@crier/platform';
import { IsOptional, IsString } from 'class-validator';

/** What the gateway has to know. */
export class GatewayEnvironment extends SecretEnvironment {
  @IsOptional() @Token() CRIER_ADMIN_TOKEN?: string;
  @Whole(1, 100_000) CRIER_SPEED_CEILING = 25;
  /** Channels whose content is checked and shown here by their own rules; others go by what their dispatchers announce. */
  @ChannelNames() CRIER_CHANNELS = 'telegram,facebook,viber,vk';
  /** Instead of the messengers' own addresses, for bots that name none: `channel=address,…`. */
  @IsOptional() @ChannelApis() CRIER_APIS?: string;
  /** Where Skype's bots sign in, and where the keys of its webhooks are, instead of Microsoft's. */
  @IsOptional() @HttpUrl() CRIER_SKYPE_LOGIN?: string;
  @IsOptional() @HttpUrl() CRIER_SKYPE_KEYS?: string;
  /** A reverse proxy stands before it: callers are told apart by what it says in X-Forwarded-For. */
  @OnOff() CRIER_TRUST_PROXY = false;
  /** For imports under way: may be emptied at any start. */
  @IsString() CRIER_SPOOL = './data/gateway';
}
