import type { Capabilities, ChannelAnnounced } from '@crier/contracts';

export interface ChannelShown {
  readonly channel: string;
  readonly alive: boolean;
  readonly instances: number;
  readonly expiresAt: string;
  readonly capabilities: Capabilities;
}

const inBoth = (a: readonly string[], b: readonly string[]): readonly string[] =>
  a.filter((one) => b.includes(one));

/** What two copies of a dispatcher both can do. */
const intersected = (a: Capabilities, b: Capabilities): Capabilities => ({
  channel: a.channel,
  version: a.version > b.version ? a.version : b.version,
  reports: {
    delivered: a.reports.delivered && b.reports.delivered,
    opened: a.reports.opened && b.reports.opened,
  },
  rate: {
    standard: Math.min(a.rate.standard, b.rate.standard),
    most: Math.min(a.rate.most, b.rate.most),
  },
  elements: inBoth(a.elements, b.elements),
  buttons: inBoth(a.buttons, b.buttons),
  limits: {
    textLength: Math.min(a.limits.textLength, b.limits.textLength),
    captionLength: Math.min(a.limits.captionLength, b.limits.captionLength),
    buttonsPerMessage: Math.min(a.limits.buttonsPerMessage, b.limits.buttonsPerMessage),
    labelLength: Math.min(a.limits.labelLength, b.limits.labelLength),
    galleryCards: {
      least: Math.max(a.limits.galleryCards.least, b.limits.galleryCards.least),
      most: Math.min(a.limits.galleryCards.most, b.limits.galleryCards.most),
    },
    mediaBytes: Math.min(a.limits.mediaBytes, b.limits.mediaBytes),
  },
  idempotent: a.idempotent && b.idempotent,
  ...narrower(a.windowMs, b.windowMs),
  ...bothMakeUp(a.ownSecrets, b.ownSecrets),
});

const narrower = (a: number | undefined, b: number | undefined): Pick<Capabilities, 'windowMs'> =>
  a === undefined && b === undefined ? {} : { windowMs: Math.min(a ?? Infinity, b ?? Infinity) };

/** A copy that does not name a secret may not know that bots can lack it. */
const bothMakeUp = (
  a: Capabilities['ownSecrets'] = [],
  b: Capabilities['ownSecrets'] = [],
): Pick<Capabilities, 'ownSecrets'> => {
  const ownSecrets = inBoth(a, b);
  return ownSecrets.length === 0 ? {} : { ownSecrets };
};

/** The channels of all announcements. Copies that live decide what a channel can do; the last words of a silent one are shown as such. */
export const channelsOf = (
  announced: readonly ChannelAnnounced[],
  now: string,
): readonly ChannelShown[] => {
  const names = [...new Set(announced.map(({ capabilities }) => capabilities.channel))].sort();
  return names.flatMap((channel) => {
    const all = announced.filter(({ capabilities }) => capabilities.channel === channel);
    const living = all.filter(({ expiresAt }) => expiresAt > now);
    const counted = living.length > 0 ? living : all;
    const [first, ...others] = counted.map(({ capabilities }) => capabilities);
    if (!first) return [];
    return [
      {
        channel,
        alive: living.length > 0,
        instances: living.length,
        expiresAt:
          counted
            .map(({ expiresAt }) => expiresAt)
            .sort()
            .at(-1) ?? now,
        capabilities: others.reduce(intersected, first),
      },
    ];
  });
};
