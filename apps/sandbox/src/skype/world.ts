import { Bots, type Bot } from '../bots.ts';
import { Conversations } from '../conversations.ts';
import { Counts } from '../counts.ts';
import { SendRecord } from '../record.ts';
import { Troubles, type CommonDeed, type Encounter, type Fate } from '../rules.ts';
import { RunIds } from '../run-ids.ts';
import { Receivers } from '../viber/receivers.ts';
import { Webhooks } from '../webhooks.ts';
import { AccessTokens } from './access-tokens.ts';
import { SigningKeys } from './signing-keys.ts';

/** What happens to a request to the Connector, or, of rules for the method `token`, to the login. */
export type SkypeDeed =
  CommonDeed | { readonly kind: 'refused'; readonly as: string; readonly retryAfter?: number };

/** What a bot has at Microsoft beside its app id. */
export interface Registration {
  /** Absent: any will do. */
  readonly secret?: string | undefined;
  /** Absent: of every tenant. */
  readonly tenantId?: string | undefined;
  readonly channelId: string;
}

const REAL_SERVICE = 'https://smba.trafficmanager.net/apis';

/** All that the sandbox holds of Skype. */
export class SkypeWorld {
  readonly bots: Bots;
  readonly counts = new Counts();
  readonly keys = new SigningKeys();
  readonly webhooks = new Webhooks(this.counts, {
    headers: (bot, body) => ({ authorization: `Bearer ${this.keys.tokenFor(bot, body)}` }),
    takes: () => true,
  });
  readonly record = new SendRecord();
  readonly troubles = new Troubles<SkypeDeed>();
  readonly loginTroubles = new Troubles<SkypeDeed>();
  readonly conversations = new Conversations();
  /** Conversations by their numbers, for their own ids are texts. */
  readonly places = new Receivers();
  readonly ids = new RunIds();
  readonly tokens = new AccessTokens();
  readonly #registrations = new Map<Bot, Registration>();
  readonly #services = new Map<Bot, string>();

  constructor(acceptAnyToken: boolean) {
    this.bots = new Bots(acceptAnyToken);
  }

  /** What a request has to expect; what it meets is counted by the name that its rule gave. */
  meet(troubles: Troubles<SkypeDeed>, encounter: Encounter): Fate<SkypeDeed> {
    const fate = troubles.meet(encounter, (kind) => {
      if (kind !== 'refused') this.counts.trouble(kind);
    });
    if (fate.deed?.kind === 'refused') this.counts.trouble(fate.deed.as);
    return fate;
  }

  registrationOf(bot: Bot): Registration {
    return this.#registrations.get(bot) ?? { channelId: 'skype' };
  }

  /** What is given replaces what was. */
  registerAs(bot: Bot, given: Partial<Registration>): void {
    this.#registrations.set(bot, { ...this.registrationOf(bot), ...given });
  }

  /** The service that the bot wrote to last: what happens to it is told from there. */
  serviceOf(bot: Bot): string {
    return this.#services.get(bot) ?? REAL_SERVICE;
  }

  wroteTo(bot: Bot, serviceUrl: string): void {
    this.#services.set(bot, serviceUrl);
  }
}
