import type { Bot } from './bots.ts';
import { chatOf } from './inboxes.ts';
import { now, numbered, person, type Update } from './updates.ts';

/** What a person pays a bot for: an invoice's own words. */
export interface Invoice {
  /** Also the id of the person. */
  readonly chat: number;
  readonly payload: string;
  /** In the currency's smallest unit. */
  readonly amount: number;
  readonly currency: string;
  readonly firstName?: string | undefined;
}

const billed = ({ payload, amount, currency }: Invoice) => ({
  currency,
  total_amount: amount,
  invoice_payload: payload,
});

/** Somebody is about to pay, and waits for the bot's word. */
export const checkoutUpdate = (bot: Bot, invoice: Invoice): Update =>
  numbered(bot, {
    pre_checkout_query: {
      id: bot.takeQueryId(),
      from: person(invoice.chat, invoice.firstName),
      ...billed(invoice),
    },
  });

/** Somebody has paid. `paymentId`: as Telegram would name the charge; a fresh one where absent. */
export const paidUpdate = (bot: Bot, invoice: Invoice, paymentId: string | undefined): Update =>
  numbered(bot, {
    message: {
      message_id: bot.takeMessageIds(1),
      from: person(invoice.chat, invoice.firstName),
      chat: chatOf(invoice.chat),
      date: now(),
      successful_payment: {
        ...billed(invoice),
        telegram_payment_charge_id: paymentId ?? `charge_${bot.takeQueryId()}`,
        provider_payment_charge_id: '',
      },
    },
  });
