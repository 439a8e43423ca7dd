import { DEFAULT_AUDIENCE } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { someAudience } from '../testing/arbitraries.ts';
import { parseAudience, parseFilter } from './filter.ts';

const problemsOf = (json: unknown) => {
  const parsed = parseFilter(json);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${code} ${path}`);
};

const audienceProblemsOf = (json: unknown) => {
  const parsed = parseAudience(json);
  return parsed.ok ? [] : parsed.problems.map(({ path, code }) => `${code} ${path}`);
};

const nested = (levels: number, innermost: unknown): unknown => {
  let json = innermost;
  for (let level = 0; level < levels; level += 1) json = { all: [json] };
  return json;
};

describe('parseFilter', () => {
  it('reads every kind of condition', () => {
    const json = {
      all: [
        { status: 'enabled' },
        { tag: 'vip' },
        { any: [{ tunnel: 'spring' }, { variable: 'city', is: 'Kyiv' }] },
        {
          none: [
            { lastActive: { before: '2026-01-01' } },
            { firstContact: { after: '2026-01-01T09:00:00+02:00', withinDays: 30 } },
            { channel: 'telegram' },
            { bot: 'one' },
            { language: 'en' },
            { variable: 'age', above: 17, below: 100 },
            { variable: 'note', contains: 'x', isNot: 'y', exists: true },
            { behaviour: { did: 'clicked', button: 2, broadcast: 'b-1' } },
            { behaviour: { did: 'opened', lastDays: 30 } },
            { behaviour: { did: 'ordered', lastDays: 30 } },
          ],
        },
      ],
    };
    expect(parseFilter(json)).toEqual({ ok: true, filter: json });
  });

  it('reads the default audience and any other that it wrote itself', () => {
    expect(parseAudience(DEFAULT_AUDIENCE)).toEqual({ ok: true, audience: DEFAULT_AUDIENCE });
    const isReadable = fc.property(someAudience, (audience) => {
      const json: unknown = JSON.parse(JSON.stringify(audience));
      const parsed = parseAudience(json);
      expect(parsed.ok ? parsed.audience : json).toEqual(json);
      for (const problem of parsed.ok ? [] : parsed.problems) {
        expect(problem.code).toMatch(
          /FILTER_(OPERATOR_MISSING|TEXT_EMPTY|VALUE_INVALID|TOO_MANY_BEHAVIOURS)/,
        );
      }
    });
    fc.assert(isReadable, { numRuns: 100 });
  });

  it.each([
    ['no object', 'opened', 'FILTER_BEHAVIOUR_INVALID filter.behaviour'],
    ['no deed', { lastDays: 1 }, 'FILTER_BEHAVIOUR_UNKNOWN filter.behaviour.did'],
    ['another deed', { did: 'read', lastDays: 1 }, 'FILTER_BEHAVIOUR_UNKNOWN filter.behaviour.did'],
    ['no place', { did: 'sent' }, 'FILTER_BEHAVIOUR_WHERE filter.behaviour'],
    [
      'two places',
      { did: 'sent', lastDays: 1, broadcast: 'b' },
      'FILTER_BEHAVIOUR_WHERE filter.behaviour',
    ],
    ['no days', { did: 'sent', lastDays: 0 }, 'FILTER_DAYS_INVALID filter.behaviour.lastDays'],
    ['no id', { did: 'sent', broadcast: '' }, 'FILTER_TEXT_EMPTY filter.behaviour.broadcast'],
    [
      'a button that was not clicked',
      { did: 'opened', lastDays: 1, button: 0 },
      'FILTER_BUTTON_MISPLACED filter.behaviour.button',
    ],
    [
      'half a button',
      { did: 'clicked', lastDays: 1, button: 0.5 },
      'FILTER_BUTTON_INVALID filter.behaviour.button',
    ],
    [
      'something else',
      { did: 'sent', lastDays: 1, times: 3 },
      'FILTER_UNKNOWN_KEY filter.behaviour.times',
    ],
  ])('refuses a behaviour with %s', (_what, behaviour, problem) => {
    expect(problemsOf({ behaviour })).toEqual([problem]);
  });

  it('refuses more than ten behaviours: each is held in memory', () => {
    const all = Array.from({ length: 11 }, (_, n) => ({
      behaviour: { did: 'sent', lastDays: n + 1 },
    }));
    expect(problemsOf({ all: all.slice(1) })).toEqual([]);
    expect(problemsOf({ all })).toEqual(['FILTER_TOO_MANY_BEHAVIOURS filter']);
  });

  it('tells all problems together, each with its path', () => {
    expect(
      problemsOf({
        all: [
          { status: 'asleep' },
          { tag: '' },
          { any: [{ variable: 7, is: null }, { tunnel: 'x'.repeat(257) }] },
          { lastActive: { before: '2026-02-30', withinDays: 0, since: 1 } },
          { firstContact: {} },
          { variable: 'city' },
          { variable: 'city', above: true, contains: 5, exists: 'yes' },
          { tag: 'a', tunnel: 'b' },
          { language: 'en', level: 1 },
          'vip',
          {},
          { colour: 'red' },
        ],
      }),
    ).toEqual([
      'FILTER_STATUS_UNKNOWN filter.all[0].status',
      'FILTER_TEXT_EMPTY filter.all[1].tag',
      'FILTER_TEXT_EXPECTED filter.all[2].any[0].variable',
      'FILTER_VALUE_INVALID filter.all[2].any[0].is',
      'FILTER_TEXT_TOO_LONG filter.all[2].any[1].tunnel',
      'FILTER_UNKNOWN_KEY filter.all[3].lastActive.since',
      'FILTER_DATE_INVALID filter.all[3].lastActive.before',
      'FILTER_DAYS_INVALID filter.all[3].lastActive.withinDays',
      'FILTER_OPERATOR_MISSING filter.all[4].firstContact',
      'FILTER_OPERATOR_MISSING filter.all[5]',
      'FILTER_VALUE_INVALID filter.all[6].above',
      'FILTER_VALUE_INVALID filter.all[6].contains',
      'FILTER_VALUE_INVALID filter.all[6].exists',
      'FILTER_AMBIGUOUS filter.all[7]',
      'FILTER_UNKNOWN_KEY filter.all[8].level',
      'FILTER_NOT_AN_OBJECT filter.all[9]',
      'FILTER_EMPTY filter.all[10]',
      'FILTER_UNKNOWN_KEY filter.all[11].colour',
    ]);
  });

  it('tells at most 20 problems', () => {
    expect(problemsOf({ all: Array.from({ length: 100 }, () => ({ tag: 1 })) })).toHaveLength(20);
  });

  it('takes 16 levels and no more, however deep the input is', () => {
    expect(problemsOf(nested(15, { tag: 'x' }))).toEqual([]);
    for (const levels of [16, 1_000, 100_000]) {
      const [problem, ...others] = problemsOf(nested(levels, { tag: 'x' }));
      expect(problem).toBe(`FILTER_TOO_DEEP filter${'.all[0]'.repeat(16)}`);
      expect(others).toEqual([]);
    }
  });

  it('takes 200 conditions and no more, however many the input has', () => {
    const many = (count: number) => ({ any: Array.from({ length: count }, () => ({ tag: 'x' })) });
    expect(problemsOf(many(200))).toEqual([]);
    for (const count of [201, 100_000]) {
      expect(problemsOf(many(count))).toEqual(['FILTER_TOO_LARGE filter']);
    }
    const groups = { all: Array.from({ length: 100_000 }, () => ({ any: [] })) };
    expect(problemsOf(groups)).toEqual(['FILTER_TOO_LARGE filter']);
  });

  it.each([null, undefined, 1, 'tag', [], true])('refuses %j as a filter', (json) => {
    expect(problemsOf(json)).toEqual(['FILTER_NOT_AN_OBJECT filter']);
  });

  it('is not led astray by names of the language', () => {
    expect(problemsOf(JSON.parse('{"__proto__": {"tag": "x"}}'))).toEqual([
      'FILTER_UNKNOWN_KEY filter.__proto__',
    ]);
    expect(problemsOf({ constructor: 'x' })).toEqual(['FILTER_UNKNOWN_KEY filter.constructor']);
    expect(problemsOf({ all: { length: 1 } })).toEqual(['FILTER_GROUP_NOT_A_LIST filter.all']);
  });

  it('says in each problem what to do', () => {
    const parsed = parseFilter({ variable: 'city', above: false });
    expect(parsed.ok ? [] : parsed.problems).toEqual([
      {
        path: 'filter.above',
        code: 'FILTER_VALUE_INVALID',
        message: 'Write a number or a text here.',
      },
    ]);
  });
});

describe('parseAudience', () => {
  const filter = { tag: 'vip' };

  it('takes the main connection where no route is given', () => {
    expect(parseAudience({ filter })).toEqual({ ok: true, audience: { filter, route: 'main' } });
  });

  it('takes bots in the order of the operator', () => {
    const audience = { filter, route: { bots: ['b', 'a'] } };
    expect(parseAudience(audience)).toEqual({ ok: true, audience });
  });

  it.each([
    [{ filter, route: 'other' }, ['ROUTE_INVALID route']],
    [{ filter, route: { bots: [] } }, ['ROUTE_BOTS_COUNT route.bots']],
    [
      { filter, route: { bots: Array.from({ length: 51 }, (_, index) => `b${index}`) } },
      ['ROUTE_BOTS_COUNT route.bots'],
    ],
    [{ filter, route: { bots: ['a', 'a'] } }, ['ROUTE_BOT_REPEATED route.bots[1]']],
    [{ filter, route: { bots: ['a', 7] } }, ['ROUTE_BOT_INVALID route.bots[1]']],
    [{ filter, route: { bots: ['a'], first: true } }, ['ROUTE_UNKNOWN_KEY route.first']],
    [{ route: 'main' }, ['AUDIENCE_FILTER_MISSING filter']],
    [{ filter, speed: 1 }, ['AUDIENCE_UNKNOWN_KEY speed']],
    [[], ['AUDIENCE_NOT_AN_OBJECT audience']],
    [{ filter: { tag: 1 }, route: 1 }, ['FILTER_TEXT_EXPECTED filter.tag', 'ROUTE_INVALID route']],
  ])('refuses %j', (json, problems) => {
    expect(audienceProblemsOf(json)).toEqual(problems);
  });
});
