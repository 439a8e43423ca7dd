import { CURRENCY_PATTERN, MOST_AMOUNT, SHOP_PATTERN } from '@crier/contracts';
import {
  count,
  instant,
  integer,
  list,
  object,
  oneOf,
  ref,
  text,
  type JsonSchema,
} from './schema.ts';

const MOST_ITEMS = 1_000;

const name = (description: string): JsonSchema => ({
  ...text(128),
  pattern: SHOP_PATTERN,
  description,
});
const kind = oneOf('order', 'sale', 'refund');

const conversion = {
  orderId: name('the shop’s own name of the order'),
  ref: { ...text(100), description: 'crier_ref, as the buy link brought it' },
  kind,
  amount: {
    ...integer(0, MOST_AMOUNT),
    description: 'a whole number of the currency’s smallest unit: 2590 for 25.90',
  },
  currency: { type: 'string', pattern: CURRENCY_PATTERN, description: 'ISO 4217, such as EUR' },
  at: { ...instant, description: 'when it happened, by the shop’s clock' },
} as const;
const optional = {
  refundId: name('the shop’s own name of a refund; where absent, its instant names it'),
};
const shop = name('the shop’s name, or <channel>:<bot> for what was paid inside a messenger');

/** What shops tell of orders, and what becomes of it. */
export const conversionSchemas: Readonly<Record<string, JsonSchema>> = {
  Conversion: object({ shop, ...conversion }, { optional }),
  Conversions: object({ items: list(ref('Conversion'), MOST_ITEMS, 1) }),
  ShopConversion: object(conversion, { optional }),
  ShopConversions: object({ items: list(ref('ShopConversion'), MOST_ITEMS, 1) }),
  ConversionTold: object(
    {
      orderId: text(128),
      kind,
      became: {
        ...oneOf('recorded', 'repeated', 'refused'),
        description: 'repeated: it was told before, and changed nothing',
      },
    },
    {
      optional: {
        error: object({ path: { type: 'string' }, code: text(64), message: text(4_000) }),
      },
    },
  ),
  ConversionsTold: object({
    items: { ...list(ref('ConversionTold')), description: 'in the order of what was told' },
    recorded: count,
    repeated: count,
    refused: count,
  }),
  ChannelReport: object({ channel: text(64), orders: count, sales: count }),
  Revenue: object(
    {
      currency: text(8),
      amount: { ...count, description: 'what was paid, in the smallest unit of the currency' },
      refunded: { ...count, description: 'what of it was given back' },
    },
    {
      optional: {
        incomplete: { const: true, description: 'more than 2^53 was paid or refunded' },
      },
    },
  ),
  ShopSecret: object({ shop: text(128), secret: text(100) }),
};
