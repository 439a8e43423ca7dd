import type { Audience, Behaviour, Filter, Route, VariableValue } from '@crier/contracts';
import fc from 'fast-check';
import type { ContactChange } from '../application/contact-directory.ts';
import { behaviourKey, type Doers } from '../domain/behaviours.ts';
import { bytesOfIds, type ContactIds } from '../domain/contact-ids.ts';
import type { RoutingTable } from '../domain/route.ts';
import { NOW, world } from './world.ts';

const DAY_MS = 86_400_000;

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const tag = fc.constantFrom('vip', 'new', 'Überraschung', 'a|b', '');
const label = tag.filter((text) => text !== '');
const tunnel = fc.constantFrom('spring', 'autumn', 'vip');
const language = fc.constantFrom('en', 'en-GB', 'uk', 'eng', 'pt-BR');
const name = fc.constantFrom('city', 'age', 'constructor', 'a.b');
const status = fc.constantFrom('enabled', 'unsubscribed', 'blocked', 'disabled');
const bot = fc.constantFrom(...Object.keys(world.bots));

const value: fc.Arbitrary<VariableValue> = fc.oneof(
  fc.constantFrom('Kyiv', 'kyiv', 'Straße', 'STRASSE', 'Ὀδυσσεύς', '', '10', '9', 'İzmir'),
  fc.constantFrom(0, -0, 10, 9, -1.5, 1e21),
  fc.boolean(),
);

const epoch = fc
  .integer({ min: -40, max: 5 })
  .map((days) => Date.parse(NOW) + days * DAY_MS)
  .chain((day) => fc.constantFrom(day, day + 1, day - 1));
const instant = epoch.map((ms) => new Date(ms).toISOString());
const date = fc.oneof(
  instant,
  instant.map((text) => text.slice(0, 10)),
);

const connection = fc.record({ botId: bot, status, statusAt: instant });

/** A new contact of the small world, so that filters meet it often. Addresses are made distinct by the caller. */
export const someContact: fc.Arbitrary<ContactChange> = fc.record(
  {
    tags: fc.uniqueArray(label),
    tunnels: fc.uniqueArray(tunnel),
    language,
    variables: fc
      .uniqueArray(fc.tuple(name, value), { selector: ([key]) => key })
      .map((entries) => Object.fromEntries(entries)),
    firstContactAt: instant,
    lastActiveAt: instant,
    connections: fc
      .uniqueArray(connection, { selector: ({ botId }) => botId, maxLength: 3 })
      .map((all) => all.map((one) => ({ ...one, address: '' }))),
  },
  { requiredKeys: ['connections'] },
);

const moments = fc
  .record({
    before: optional(date),
    after: optional(date),
    withinDays: optional(fc.constantFrom(1, 7, 0.5)),
  })
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined)));

const variable = fc
  .record({
    is: optional(value),
    isNot: optional(value),
    above: optional(value),
    below: optional(value),
    contains: optional(fc.constantFrom('k', 'SS', 'ΣΣ', 'i', 'yi')),
    exists: optional(fc.boolean()),
  })
  .chain((all) => {
    const given = Object.entries(all).filter(([, one]) => one !== undefined);
    return fc
      .subarray(given, { maxLength: Math.min(2, given.length) })
      .map((few) => Object.fromEntries(few));
  });

const behaviours: readonly Behaviour[] = [
  { did: 'sent', lastDays: 7 },
  { did: 'opened', broadcast: 'spring' },
  { did: 'clicked', button: 1, broadcast: 'spring' },
  { did: 'ordered', lastDays: 30 },
];

const condition: fc.Arbitrary<Filter> = fc.oneof(
  fc.constantFrom(...behaviours).map((behaviour) => ({ behaviour })),
  status.map((one) => ({ status: one })),
  fc.constantFrom('telegram', 'viber', 'vk').map((channel) => ({ channel })),
  bot.map((one) => ({ bot: one })),
  tag.map((one) => ({ tag: one })),
  tunnel.map((one) => ({ tunnel: one })),
  fc.constantFrom('en', 'EN-gb', 'pt').map((one) => ({ language: one })),
  fc.tuple(name, variable).map(([one, operators]) => ({ variable: one, ...operators })),
  moments.map((firstContact) => ({ firstContact })),
  moments.map((lastActive) => ({ lastActive })),
);

const { tree } = fc.letrec<{ tree: Filter }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc.array(tie('tree'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('tree'), { maxLength: 3 }).map((any) => ({ any })),
    fc.array(tie('tree'), { maxLength: 3 }).map((none) => ({ none })),
  ),
}));

const someRoute: fc.Arbitrary<Route> = fc.oneof(
  fc.constant('main' as const),
  fc
    .uniqueArray(fc.oneof(bot, fc.constant('gone')), { minLength: 1, maxLength: 3 })
    .map((bots) => ({ bots })),
);

export const someAudience: fc.Arbitrary<Audience> = fc.record({ filter: tree, route: someRoute });

/** Somebody different for each behaviour that audiences may ask for: every second, third and fourth of these, and a stranger. */
export const doersAmong = (ids: readonly string[]): Doers =>
  Object.fromEntries(
    behaviours.map((asked, index) => [
      behaviourKey(asked),
      packedIds([...ids.filter((_, at) => at % (index + 2) === 0), 'stranger-to-all0']),
    ]),
  );

/** These ids as directories are given them. */
export const packedIds = (ids: readonly string[]): ContactIds => ({
  packed: bytesOfIds(ids.toSorted().join('')),
});

/** Routing in which some bots are gone, some channels have no content, and some no dispatcher. */
export const someRouting: fc.Arbitrary<RoutingTable> = fc.record({
  bots: fc.subarray(Object.entries(world.bots)).map((entries) => Object.fromEntries(entries)),
  contentFor: fc.subarray(['telegram', 'viber', 'vk']),
  served: fc.subarray(['telegram', 'viber', 'vk']),
});
