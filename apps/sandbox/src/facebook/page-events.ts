import type { Bot } from '../bots.ts';
import { hashInteger } from '../hash.ts';
import type { Params } from '../telegram-methods/method.ts';
import type { Delivery } from '../webhooks.ts';
import type { FacebookWorld } from './world.ts';

/** An event of a Page, in Messenger's own form. */
export type PageEvent = Params;

const HELD_UP_MS = 60;

/** By the field of an event, the webhook field under which apps subscribe to it. */
const FIELDS: readonly (readonly [field: string, subscribed: string])[] = [
  ['postback', 'messaging_postbacks'],
  ['optin', 'messaging_optins'],
  ['referral', 'messaging_referrals'],
  ['delivery', 'message_deliveries'],
  ['read', 'message_reads'],
  ['policy-enforcement', 'messaging_policy_enforcement'],
];

const fieldOf = (event: PageEvent): string => {
  const { message } = event;
  if (typeof message === 'object' && message !== null)
    return 'is_echo' in message ? 'message_echoes' : 'messages';
  return FIELDS.find(([field]) => event[field] !== undefined)?.[1] ?? 'messages';
};

/** Something that a person did at the Page. */
export const byPerson = (bot: Bot, psid: string, what: Params): PageEvent => ({
  sender: { id: psid },
  recipient: { id: String(bot.id) },
  timestamp: Date.now(),
  ...what,
});

export const delivered = (ids: readonly string[], watermark: number): Params => ({
  // Deliveries have no time but their watermark.
  timestamp: undefined,
  delivery: { ...(ids.length === 0 ? {} : { mids: ids }), watermark },
});

/** A message of the Page's own, as all its apps hear of it. */
export const echoed = (
  world: FacebookWorld,
  bot: Bot,
  sent: { readonly psid: string; readonly mid: string; readonly message: Params },
  at = Date.now(),
): PageEvent => {
  const { text, metadata } = sent.message;
  const app = Number(world.pages.appOf(bot).id);
  return {
    sender: { id: String(bot.id) },
    recipient: { id: sent.psid },
    timestamp: at,
    message: { is_echo: true, app_id: app, mid: sent.mid, text, metadata },
  };
};

/** Calls the Page's webhook with one event. */
export const tell = (
  world: FacebookWorld,
  bot: Bot,
  { event, retry }: { readonly event: PageEvent; readonly retry: boolean },
): Promise<Delivery> => {
  const entry = { id: String(bot.id), time: Date.now(), messaging: [event] };
  const body = JSON.stringify({ object: 'page', entry: [entry] });
  return world.webhooks.deliverBody(bot, { kind: fieldOf(event), body }, retry);
};

/** Tells what the receipt plan says of a message that was accepted, each in its own time. */
export class Receipts {
  readonly #world: FacebookWorld;
  #told = 0;

  constructor(world: FacebookWorld) {
    this.#world = world;
  }

  schedule(
    bot: Bot,
    sent: { readonly psid: string; readonly mid: string; readonly message: Params },
  ): void {
    const { echoAfterMs, deliveredAfterMs, seenAfterMs, ids } = this.#world.receipts;
    const watermark = Date.now();
    const person = (what: Params) => byPerson(bot, sent.psid, what);
    // An echo carries the time of its message.
    this.#tell(bot, echoAfterMs, () => echoed(this.#world, bot, sent, watermark));
    this.#tell(bot, deliveredAfterMs, () => person(delivered(ids ? [sent.mid] : [], watermark)));
    this.#tell(bot, seenAfterMs, () => person({ read: { watermark } }));
  }

  #tell(bot: Bot, afterMs: number | undefined, eventOf: () => PageEvent): void {
    if (afterMs === undefined) return;
    const { copies, shuffled } = this.#world.receipts;
    for (let copy = 0; copy < copies; copy += 1) {
      this.#told += 1;
      const heldUpMs = shuffled ? hashInteger(this.#told) % HELD_UP_MS : 0;
      const told = (): void => void tell(this.#world, bot, { event: eventOf(), retry: true });
      setTimeout(told, afterMs + heldUpMs).unref();
    }
  }
}
