import type { WebhookEvent } from '@crier/connector';
import type { PreCheckoutQuery, SuccessfulPayment } from '@grammyjs/types';
import { REF_PREFIX } from './content/keyboard-template.ts';
import type { Unchecked } from './unchecked.ts';

type Told<Kind extends WebhookEvent['kind']> = Extract<WebhookEvent, { kind: Kind }>;

/** An invoice of Crier's carries a ref; behind a space the team may have words of its own. */
const PAYLOAD = new RegExp(String.raw`^${REF_PREFIX}([\w-]{1,62})(?: .*)?$`, 's');

const refIn = (payload: unknown): string | undefined =>
  typeof payload === 'string' ? PAYLOAD.exec(payload)?.[1] : undefined;

/** Somebody is about to pay an invoice that carries a ref; undefined: it is the team's own. */
export const checkoutIn = (
  { id, invoice_payload: payload }: Unchecked<PreCheckoutQuery>,
  common: Pick<Told<'checkout'>, 'address' | 'at' | 'dedupe'>,
): Told<'checkout'> | undefined => {
  const ref = refIn(payload);
  if (ref === undefined || typeof id !== 'string' || id === '') return undefined;
  const approval = { method: 'answerPreCheckoutQuery', pre_checkout_query_id: id, ok: true };
  return { kind: 'checkout', ...common, ref, approval: JSON.stringify(approval) };
};

/** Somebody has paid an invoice that carries a ref. */
export const paidIn = (
  payment: Unchecked<SuccessfulPayment> | undefined,
  common: Pick<Told<'paid'>, 'address' | 'at' | 'dedupe'>,
): Told<'paid'> | undefined => {
  const ref = refIn(payment?.invoice_payload);
  const { total_amount: amount, currency, telegram_payment_charge_id: paymentId } = payment ?? {};
  if (ref === undefined || typeof amount !== 'number' || typeof currency !== 'string')
    return undefined;
  if (typeof paymentId !== 'string' || paymentId === '') return undefined;
  return { kind: 'paid', ...common, ref, amount, currency, paymentId };
};
