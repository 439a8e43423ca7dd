import { describe, expect, it } from '@jest/globals';
import { moneyText } from './money.ts';

describe('money', () => {
  it.each([
    [123_450, 'EUR', '1,234.50 EUR'],
    [5, 'USD', '0.05 USD'],
    [0, 'UAH', '0.00 UAH'],
    [1_500, 'JPY', '1,500 JPY'],
    [1_234, 'KWD', '1.234 KWD'],
    [250, 'XTR', '250 XTR'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '90,071,992,547,409.91 EUR'],
  ])('is shown as its currency is: %d %s', (amount, currency, text) => {
    expect(moneyText(amount, currency)).toBe(text);
  });
});
