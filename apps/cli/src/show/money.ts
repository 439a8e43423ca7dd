import { number } from './words.ts';

/** Messengers' own currencies, which no standard knows, have no smaller unit. */
const WITHOUT_SMALLER_UNIT: readonly string[] = ['XTR'];

/** Digits behind the point, by ISO 4217; two for those that it does not know. */
const digitsOf = (currency: string): number =>
  WITHOUT_SMALLER_UNIT.includes(currency)
    ? 0
    : (new Intl.NumberFormat('en-US', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2);

/** `1,234.50 EUR` for 123,450 of the smallest unit; every digit as it was counted. */
export const moneyText = (amount: number, currency: string): string => {
  const digits = digitsOf(currency);
  const unit = 10 ** digits;
  const whole = number(Math.floor(amount / unit));
  const rest = digits === 0 ? '' : `.${String(amount % unit).padStart(digits, '0')}`;
  return `${whole}${rest} ${currency}`;
};
