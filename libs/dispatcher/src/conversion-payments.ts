import type { Bot } from '@crier/audience';
import { CURRENCY_PATTERN, MOST_AMOUNT, SHOP_PATTERN, type Ref } from '@crier/contracts';
import { Conversions, type ConversionsDeps } from '@crier/conversions';
import { Payments } from '@crier/delivery';
import type { Log } from '@crier/kernel';
import { createHash } from 'node:crypto';

type Payment = Parameters<Payments['record']>[2];

const NAME = new RegExp(SHOP_PATTERN);
const CURRENCY = new RegExp(CURRENCY_PATTERN);

/** A name that streams can have: the messenger's own, or where that is none, its hash. */
const nameOf = (text: string): string =>
  NAME.test(text) ? text : `h${createHash('sha256').update(text).digest('base64url')}`;

const isMoney = ({ amount, currency }: Payment): boolean =>
  Number.isSafeInteger(amount) && amount >= 0 && amount <= MOST_AMOUNT && CURRENCY.test(currency);

/** Takes what is paid inside a messenger as order and sale at once; the messenger's bot is the shop. */
export class ConversionPayments extends Payments {
  readonly #conversions: Conversions;
  readonly #log: Log;

  constructor({ log, ...deps }: ConversionsDeps & { readonly log: Log }) {
    super();
    this.#conversions = new Conversions(deps);
    this.#log = log;
  }

  async record(bot: Bot, ref: Ref, payment: Payment): Promise<void> {
    const { channel, id } = bot;
    const { amount, currency, paymentId, at } = payment;
    if (!isMoney(payment)) {
      this.#notCounted(bot, 'NO_MONEY');
      return;
    }
    const recorded = await this.#conversions.record(
      {
        kind: 'sale',
        shop: nameOf(`${channel}:${id}`),
        orderId: nameOf(paymentId),
        ref,
        amount,
        currency,
        at,
      },
      `dispatcher-${channel}`,
    );
    if (recorded.became === 'refused') this.#notCounted(bot, recorded.rejection.code);
  }

  /** The messenger would only repeat it, word for word. */
  #notCounted({ channel, id }: Bot, code: string): void {
    this.#log.warn('payment not counted', { channel, botId: id, code });
  }
}
