import { SHOP_PATTERN } from '@crier/contracts';
import { invalid } from '../http/check-request.ts';

const SHOP = new RegExp(SHOP_PATTERN);

/** The shop that a path names. @throws Problem INVALID_REQUEST */
export const shopNameOf = (name: string): string => {
  if (SHOP.test(name)) return name;
  throw invalid([
    {
      path: 'shop',
      code: 'BAD_FORMAT',
      message:
        'Name the shop with 1 to 128 letters, digits, dots, colons, - and _, beginning with a letter or digit.',
    },
  ]);
};
