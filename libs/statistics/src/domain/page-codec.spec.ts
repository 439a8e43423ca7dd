import { describe, expect, it } from '@jest/globals';
import { Moves } from './moves.ts';
import { packPage, unpackPage } from './page-codec.ts';
import { RecipientPage } from './recipient-page.ts';

const filled = (): RecipientPage => {
  const page = new RecipientPage(7, 5);
  const moves = new Moves();
  page.settle(7, 'sent', { reason: undefined, at: 1_772_000_000, moves });
  page.settle(8, 'failed', { reason: 'blocked', at: 1_772_000_001, moves });
  page.settle(9, 'unconfirmed', { reason: 'timeout', at: 4_000_000_000, moves });
  page.reopen('failed', moves);
  for (const button of [undefined, 0, 300])
    page.receive({
      index: 11,
      kind: 'clicked',
      ...(button === undefined ? {} : { button }),
      at: '2026-01-01T00:00:01.000Z',
    });
  page.receive({ index: 11, kind: 'delivered', at: '2026-01-01T00:00:02.000Z' });
  page.receive({ index: 11, kind: 'ordered', button: 1, at: '2026-01-01T00:00:03.000Z' });
  return page;
};

describe('a packed page', () => {
  it('is what it was, wherever its bytes lie', () => {
    const page = filled();
    const { data, dictionary } = packPage(page);
    const elsewhere = new Uint8Array(data.byteLength + 3);
    elsewhere.set(data, 3);
    const again = unpackPage(7, 5, { data: elsewhere.subarray(3), dictionary });
    expect(again).toEqual(page);
    expect(again.counts).toEqual({ waiting: 3, sent: 1, failed: 0, skipped: 0, unconfirmed: 1 });
    expect(again.place(9)).toMatchObject({ reason: 'timeout', at: 4_000_000_000 });
    expect(again.place(11).receipts).toHaveLength(5);
    expect(again.place(11).receipts.at(-1)).toEqual({
      kind: 'ordered',
      button: 1,
      count: 1,
      firstAt: Date.parse('2026-01-01T00:00:03.000Z') / 1000,
    });
  });

  it('holds no time that four bytes cannot', () => {
    const page = new RecipientPage(0, 3);
    const clocks = [
      '1899-01-01T00:00:00.000Z',
      '1970-01-01T00:00:01.999Z',
      '9999-01-01T00:00:00.000Z',
    ];
    for (const [index, at] of clocks.entries())
      page.receive({ index, kind: 'ordered', button: 0, at });
    const again = unpackPage(0, 3, packPage(page));
    expect(again).toEqual(page);
    expect(clocks.map((_, index) => again.place(index).receipts[0]?.firstAt)).toEqual([
      0,
      1,
      2 ** 32 - 1,
    ]);
  });

  it('costs seven bytes a recipient', () => {
    expect(packPage(new RecipientPage(0, 500)).data).toHaveLength(3_500);
  });

  it('can be read for some alone, whatever the reasons and names of the others hold', () => {
    const page = new RecipientPage(0, 40);
    const moves = new Moves();
    const odd = ['"],[7,0,"', '\\\\"', ',"messages":[[', '],', '\n[', 'é', ''];
    for (const [at, text] of odd.entries())
      page.settle(at, 'failed', { reason: text, at: 1_772_000_000, moves });
    for (let index = 10; index < 40; index += 1) {
      const id = odd[index % odd.length] ?? '';
      page.accept(index, [
        [0, id, 1_772_000_000_000 + index],
        [1, `${id}b`, 1_772_000_001_000],
      ]);
      page.receive({ index, kind: 'opened', at: '2026-01-01T00:00:01.000Z' });
    }
    for (let wanted = 0; wanted < 40; wanted += 1) {
      const some = unpackPage(0, 40, packPage(page), (slot) => slot === wanted);
      expect(some.place(wanted)).toEqual(page.place(wanted));
      const other = wanted < 20 ? 30 : 15;
      expect(some.place(other)).toMatchObject({ receipts: [], messages: [] });
    }
  });

  it('remembers what the reopened were', () => {
    const { data, dictionary } = packPage(filled());
    const again = unpackPage(7, 5, { data, dictionary });
    const moves = new Moves();
    again.giveBack(9, moves);
    expect(again.place(8)).toMatchObject({
      outcome: 'failed',
      reason: 'blocked',
      at: 1_772_000_001,
    });
    expect(moves.counts).toEqual({ sent: 0, failed: 1, skipped: 2, unconfirmed: 0 });
  });
});
