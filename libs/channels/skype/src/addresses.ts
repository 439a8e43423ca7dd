import type { Sender } from '@crier/connector';

/** Where a person is reached: a conversation, and the service that holds it. */
export interface Place {
  /** Without a slash at its end. */
  readonly serviceUrl: string;
  readonly conversation: string;
}

const SKYPE_SERVICE = 'https://smba.trafficmanager.net/apis';
const ADDRESS = /^(?:(https?:\/\/\S+) )?(\S{1,512})$/;
const STEPS: readonly string[] = ['.', '..'];

/** Hosts that get tokens without being named by anybody, and so do all under them. */
export const TRUSTED_HOSTS: readonly string[] = ['smba.trafficmanager.net'];

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** The service of a bot's people unless their address names another. */
export const homeOf = ({ apiUrl = SKYPE_SERVICE }: Sender): string => withoutSlash(apiUrl);

/** Reads `<conversation>` or `<serviceUrl> <conversation>`; `undefined`: it is no address. */
export const placeOf = (sender: Sender, address: string): Place | undefined => {
  const [, serviceUrl, conversation = '.'] = ADDRESS.exec(address) ?? [];
  if (STEPS.includes(conversation)) return undefined;
  return { serviceUrl: withoutSlash(serviceUrl ?? homeOf(sender)), conversation };
};

/** The address of a conversation, as {@link placeOf} reads it; `undefined`: no address can say it. */
export const addressOf = (
  sender: Sender,
  serviceUrl: string,
  conversation: string,
): string | undefined => {
  const service = withoutSlash(serviceUrl);
  const address = service === homeOf(sender) ? conversation : `${service} ${conversation}`;
  const place = placeOf(sender, address);
  return place?.serviceUrl === service && place.conversation === conversation ? address : undefined;
};

const isUnder = (hostname: string, host: string): boolean =>
  hostname === host || hostname.endsWith(`.${host}`);

/** Whether a bot's token may be shown there: over https to a trusted host, or to the bot's own service as it is named. */
export const isTrusted = (url: URL, sender: Sender, trustedHosts: readonly string[]): boolean => {
  const home = URL.parse(homeOf(sender));
  if (url.protocol !== 'https:') return url.origin === home?.origin;
  return url.host === home?.host || trustedHosts.some((host) => isUnder(url.hostname, host));
};
