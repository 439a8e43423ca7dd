import { describe, expect, it } from '@jest/globals';
import { listFilter, literally } from './list-query.ts';
import { generationOfName, pageId } from './stored.ts';

describe('the filter of a list', () => {
  const page = { sort: 'name', descending: false, limit: 5 } as const;

  it('shows everything that is listed, without one', () => {
    expect(listFilter(page)).toEqual({ listed: true });
  });

  it('looks for a part of the name in any case, and for nothing that it could mean otherwise', () => {
    expect(listFilter({ ...page, name: 'SALE (50%) a.*' })).toEqual({
      listed: true,
      'by.name': { $regex: String.raw`sale \(50%\) a\.\*` },
    });
    for (const text of ['a.b', '[x]', String.raw`\d^$`, '{1}|?+'])
      expect(new RegExp(`^${literally(text)}$`).test(text)).toBe(true);
  });

  it('takes statuses by their place in a life, and a day not before and before', () => {
    const filter = listFilter({
      ...page,
      status: ['draft', 'sent'],
      channel: 'vk',
      from: 'a',
      to: 'b',
    });
    expect(filter).toEqual({
      listed: true,
      'by.status': { $in: [0, 5] },
      channels: 'vk',
      dayAt: { $gte: 'a', $lt: 'b' },
    });
    expect(listFilter({ ...page, status: [], to: 'b' })).toEqual({
      listed: true,
      'by.status': { $in: [] },
      dayAt: { $lt: 'b' },
    });
  });
});

describe('the names of what is stored', () => {
  it('sort as lanes and indexes do', () => {
    const ids = [pageId('b', 2, 500), pageId('b', 2, 10_000), pageId('b', 10, 0)];
    expect(ids.toSorted()).toEqual(ids);
  });

  it('tell the generation of a collection', () => {
    expect(generationOfName('pages_12')).toBe(12);
    expect(['contacts', 'pages', 'pages_x', 'my_pages_1'].map(generationOfName)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
