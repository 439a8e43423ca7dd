import type { Contact, Filter } from '@crier/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type {
  ContactChange,
  ContactDirectory,
  ScanPage,
  Upserted,
} from '../application/contact-directory.ts';
import { behaviourKey, type AskedAudience } from '../domain/behaviours.ts';
import { matches } from '../domain/matches.ts';
import { route } from '../domain/route.ts';
import { doersAmong, packedIds, someAudience, someContact, someRouting } from './arbitraries.ts';
import { channelOf, everybody, NOW, world } from './world.ts';

/** A directory under test, and how to end it. `settle` does now what the adapter would do later by itself. */
export interface OpenedDirectory {
  readonly port: ContactDirectory;
  readonly close: () => Promise<void>;
  readonly settle?: () => Promise<void>;
}

/** What an adapter opens its directory with. */
export interface DirectoryWorld {
  readonly channelOf: typeof channelOf;
  readonly now: string;
}

let serial = 0;
const fresh = (prefix: string): string => `${prefix}-${(serial += 1)}`;

const idOf = (upserted: Upserted | undefined): string => {
  if (!upserted?.ok) throw new Error(`refused: ${JSON.stringify(upserted)}`);
  return upserted.id;
};

const byId = (left: { id: string }, right: { id: string }): number => (left.id < right.id ? -1 : 1);

/** The promises of {@link ContactDirectory}, for every adapter. */
export const describeContactDirectory = (
  adapter: string,
  open: (of: DirectoryWorld) => Promise<OpenedDirectory>,
): void => {
  describe(`ContactDirectory: ${adapter}`, () => {
    let directory: ContactDirectory;
    let opened: OpenedDirectory;
    beforeAll(async () => {
      opened = await open({ channelOf, now: NOW });
      directory = opened.port;
    });
    afterAll(() => opened.close());

    const add = async (change: ContactChange): Promise<string> =>
      idOf((await directory.upsert([change]))[0]);
    const known = async (id: string): Promise<Contact> => {
      const contact = await directory.get(id);
      if (!contact) throw new Error(`no contact ${id}`);
      return contact;
    };
    const everyone = async (): Promise<Contact[]> => {
      const all: Contact[] = [];
      for await (const page of directory.export(everybody, NOW)) all.push(...page);
      return all;
    };

    it('keeps a whole contact as it was given', async () => {
      const address = fresh('address');
      const externalId = fresh('external');
      const id = await add({
        externalId,
        firstName: 'Олена',
        lastName: "O'Neil \u{1F600}",
        language: 'pt-br',
        zone: 'Europe/Kyiv',
        tags: ['vip', 'vip', 'new'],
        tunnels: ['spring'],
        variables: { city: 'Kyiv', age: 30, member: false, note: '' },
        firstContactAt: '2026-01-01',
        lastActiveAt: '2026-02-01T10:00:00+02:00',
        connections: [
          { botId: 'tele', address, status: 'blocked', statusAt: '2026-01-02T00:00:00Z' },
        ],
      });
      expect(id).toMatch(/^[\w-]{16}$/);
      await expect(directory.get(id)).resolves.toEqual({
        id,
        externalId,
        firstName: 'Олена',
        lastName: "O'Neil \u{1F600}",
        language: 'pt-BR',
        zone: 'Europe/Kyiv',
        tags: ['vip', 'new'],
        tunnels: ['spring'],
        variables: { city: 'Kyiv', age: 30, member: false, note: '' },
        firstContactAt: '2026-01-01T00:00:00.000Z',
        lastActiveAt: '2026-02-01T08:00:00.000Z',
        connections: [
          {
            botId: 'tele',
            channel: 'telegram',
            address,
            status: 'blocked',
            statusAt: '2026-01-02T00:00:00.000Z',
            main: true,
          },
        ],
      });
    });

    it('fills in what a new contact does not tell', async () => {
      const id = await add({ connections: [{ botId: 'vib', address: fresh('address') }] });
      const contact = await known(id);
      expect(contact).toMatchObject({ tags: [], tunnels: [], variables: {}, firstContactAt: NOW });
      expect(contact.connections).toMatchObject([{ status: 'enabled', statusAt: NOW, main: true }]);
    });

    it('finds the contact of a change by id, by external id and by address', async () => {
      const externalId = fresh('external');
      const connections = [{ botId: 'tele', address: fresh('address') }];
      const [first] = await directory.upsert([{ externalId, connections, firstName: 'A' }]);
      const id = idOf(first);
      await expect(
        directory.upsert([
          { id, addTags: ['by-id'] },
          { externalId, addTags: ['by-external-id'] },
          { connections, addTags: ['by-address'] },
        ]),
      ).resolves.toEqual([
        { ok: true, id, created: false },
        { ok: true, id, created: false },
        { ok: true, id, created: false },
      ]);
      await expect(known(id)).resolves.toMatchObject({
        firstName: 'A',
        tags: ['by-id', 'by-external-id', 'by-address'],
      });
    });

    it('lets a later change of one call see the earlier ones', async () => {
      const externalId = fresh('external');
      const [one, two] = await directory.upsert([
        { externalId, firstName: 'A' },
        { externalId, lastName: 'B' },
      ]);
      expect(two).toEqual({ ok: true, id: idOf(one), created: false });
      await expect(known(idOf(one))).resolves.toMatchObject({ firstName: 'A', lastName: 'B' });
    });

    it('merges, removes and empties', async () => {
      const id = await add({
        firstName: 'A',
        lastName: 'B',
        tags: ['x', 'y'],
        tunnels: ['s'],
        variables: { a: 1, b: 2 },
      });
      await add({
        id,
        lastName: null,
        removeTags: ['x', 'unknown'],
        addTags: ['z'],
        addTunnels: ['t'],
        removeTunnels: ['s'],
        variables: { b: null, c: 'new' },
      });
      const contact = await known(id);
      expect(contact).toMatchObject({
        firstName: 'A',
        tags: ['y', 'z'],
        tunnels: ['t'],
        variables: { a: 1, c: 'new' },
      });
      expect(contact).not.toHaveProperty('lastName');
      expect(contact.variables).not.toHaveProperty('b');
    });

    it('keeps exactly one main connection', async () => {
      const id = await add({
        connections: [
          { botId: 'tele', address: fresh('address') },
          { botId: 'vk', address: fresh('address'), main: true },
        ],
      });
      const mains = async () =>
        (await known(id)).connections.filter(({ main }) => main).map(({ botId }) => botId);
      await expect(mains()).resolves.toEqual(['vk']);
      await add({ id, connections: [{ botId: 'vib', address: fresh('address'), main: true }] });
      await expect(mains()).resolves.toEqual(['vib']);
      await add({ id, connections: [{ botId: 'tele', address: fresh('address') }] });
      await expect(mains()).resolves.toEqual(['vib']);
    });

    it('refuses a change with a code and the field, and does the others', async () => {
      const owner = { botId: 'tele', address: fresh('address') };
      const externalId = fresh('external');
      const other = await add({ externalId, connections: [owner] });
      const mine = await add({ externalId: fresh('external') });
      const answers = await directory.upsert([
        { connections: [{ botId: 'nobody', address: '1' }] },
        { id: mine, connections: [owner] },
        { id: mine, externalId },
        { externalId: fresh('external'), connections: [owner] },
        { id: 'AAAAAAAAAAAAAAAA' },
        { language: 'en_US' },
        { zone: 'Mars/Olympus' },
        { variables: { '1st': true } },
        { variables: JSON.parse('{"__proto__": 1}') as Record<string, number> },
        { tags: ['x'.repeat(101)] },
        { firstContactAt: '2026-02-30' },
        { firstName: '\uD800' },
        { surprise: 1 } as ContactChange,
        { firstName: 'fine' },
      ]);
      expect(answers.map((one) => (one.ok ? 'ok' : `${one.code} ${one.field}`))).toEqual([
        'UNKNOWN_BOT connections[0].botId',
        'ADDRESS_TAKEN connections[0].address',
        'EXTERNAL_ID_TAKEN externalId',
        'ADDRESS_TAKEN connections[0].address',
        'CONTACT_NOT_FOUND id',
        'LANGUAGE_INVALID language',
        'ZONE_INVALID zone',
        'VARIABLE_NAME_INVALID variables.1st',
        'VARIABLE_NAME_INVALID variables.__proto__',
        'TEXT_LENGTH tags[0]',
        'INSTANT_INVALID firstContactAt',
        'TEXT_NOT_UNICODE firstName',
        'UNKNOWN_FIELD surprise',
        'ok',
      ]);
      await expect(directory.findByAddress('tele', owner.address)).resolves.toMatchObject({
        id: other,
        externalId,
      });
    });

    it('refuses what would grow a contact beyond its limits', async () => {
      const many = Array.from({ length: 200 }, (_, index) => `t${index}`);
      const id = await add({ tags: many });
      const values = Object.fromEntries(many.slice(0, 101).map((name) => [name, 1]));
      const answers = await directory.upsert([
        { id, addTags: ['one more'] },
        { id, variables: values },
      ]);
      expect(answers).toMatchObject([
        { ok: false, code: 'TOO_MANY', field: 'tags' },
        { ok: false, code: 'TOO_MANY', field: 'variables' },
      ]);
    });

    it('takes 5,000 changes in one call and answers each in its place', async () => {
      const other = await open({ channelOf, now: NOW });
      const changes = Array.from({ length: 5_000 }, (_, n) => ({ externalId: `p-${n}` }));
      const answers = await other.port.upsert(changes);
      expect(answers.every((one) => one.ok && one.created)).toBe(true);
      await expect(other.port.count(everybody, world, NOW)).resolves.toEqual({
        matched: 5_000,
        perBot: [],
        excluded: { no_connection: 5_000 },
      });
      await expect(other.port.get(idOf(answers[4_321]))).resolves.toMatchObject({
        externalId: 'p-4321',
      });
      await other.close();
    });

    it('never lets an older status win', async () => {
      const address = fresh('address');
      const id = await add({
        connections: [{ botId: 'vk', address, statusAt: '2026-02-01T00:00:00Z' }],
      });
      const mark = (at: string) =>
        directory.mark('vk', { contactId: id }, 'blocked', `2026-${at}T00:00:00.000Z`);
      await expect(mark('01-31')).resolves.toBe(false);
      await expect(mark('02-02')).resolves.toBe(true);
      await expect(mark('02-02')).resolves.toBe(false);
      await expect(
        directory.mark('vk', { address }, 'enabled', '2026-02-01T12:00:00.000Z'),
      ).resolves.toBe(false);
      await add({
        id,
        connections: [{ botId: 'vk', address, status: 'enabled', statusAt: '2026-01-01' }],
      });
      await expect(known(id)).resolves.toMatchObject({
        connections: [{ status: 'blocked', statusAt: '2026-02-02T00:00:00.000Z' }],
      });
      await expect(
        directory.mark('vk', { address: 'nobody' }, 'blocked', '2026-02-02T00:00:00.000Z'),
      ).resolves.toBe(false);
    });

    it('moves activity only forward', async () => {
      const address = fresh('address');
      const id = await add({
        lastActiveAt: '2026-02-01T00:00:00Z',
        connections: [{ botId: 'vk', address }],
      });
      await directory.touch('vk', address, '2026-01-01T00:00:00.000Z');
      await expect(known(id)).resolves.toMatchObject({ lastActiveAt: '2026-02-01T00:00:00.000Z' });
      await directory.touch('vk', address, '2026-02-02T00:00:00.000Z');
      await directory.touch('vk', 'nobody', '2026-02-02T00:00:00.000Z');
      await expect(known(id)).resolves.toMatchObject({ lastActiveAt: '2026-02-02T00:00:00.000Z' });
    });

    it('follows a chat to its new address, but never into another contact', async () => {
      const [from, to, other] = [fresh('address'), fresh('address'), fresh('address')];
      const id = await add({ connections: [{ botId: 'tele', address: from }] });
      await add({ connections: [{ botId: 'tele', address: other }] });
      await directory.readdress('tele', from, to);
      await expect(directory.findByAddress('tele', from)).resolves.toBeUndefined();
      await expect(directory.findByAddress('tele', to)).resolves.toMatchObject({ id });
      await directory.readdress('tele', to, other);
      await expect(directory.findByAddress('tele', to)).resolves.toMatchObject({ id });
    });

    it('forgets an erased person wholly', async () => {
      const address = fresh('address');
      const externalId = fresh('external');
      const change = { externalId, tags: ['erased'], connections: [{ botId: 'vib', address }] };
      const id = await add(change);
      await opened.settle?.();
      await expect(directory.erase(id)).resolves.toBe(true);
      await expect(directory.erase(id)).resolves.toBe(false);
      await expect(directory.get(id)).resolves.toBeUndefined();
      await expect(directory.findByAddress('vib', address)).resolves.toBeUndefined();
      await expect(directory.cards('vib', [id])).resolves.toEqual(new Map());
      const audience = { filter: { tag: 'erased' }, route: 'main' as const };
      await expect(directory.count(audience, world, NOW)).resolves.toMatchObject({ matched: 0 });
      await opened.settle?.();
      await expect(directory.count(audience, world, NOW)).resolves.toMatchObject({ matched: 0 });
      await expect(add(change)).resolves.not.toBe(id);
    });

    it('gives the cards of those with a connection at the bot', async () => {
      const address = fresh('address');
      const id = await add({
        firstName: 'Ada',
        lastName: 'Lovelace',
        language: 'en',
        variables: { city: 'London', first_name: 'other' },
        lastActiveAt: '2026-02-03T00:00:00Z',
        connections: [{ botId: 'tele2', address, status: 'disabled' }],
      });
      const elsewhere = await add({ connections: [{ botId: 'vk', address: fresh('address') }] });
      const cards = await directory.cards('tele2', [elsewhere, id, 'AAAAAAAAAAAAAAAA']);
      expect([...cards]).toEqual([
        [
          id,
          {
            contactId: id,
            address,
            status: 'disabled',
            activeAt: '2026-02-03T00:00:00.000Z',
            variables: {
              first_name: 'Ada',
              last_name: 'Lovelace',
              name: 'Ada Lovelace',
              language: 'en',
              city: 'London',
            },
          },
        ],
      ]);
    });

    it('lists page by page in order of id, and refuses a cursor it did not give', async () => {
      const tag = fresh('tag');
      await directory.upsert(Array.from({ length: 25 }, () => ({ tags: [tag] })));
      const audience = { filter: { tag }, route: 'main' as const };
      const seen: string[] = [];
      let after: string | undefined;
      do {
        const page = await directory.list(
          audience,
          { limit: 10, ...(after ? { after } : {}) },
          NOW,
        );
        expect(page.items.length).toBeLessThanOrEqual(10);
        seen.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after);
      expect(seen).toHaveLength(25);
      expect(seen).toEqual(seen.toSorted());
      await expect(
        directory.list(audience, { limit: 10, after: '% no cursor' }, NOW),
      ).rejects.toMatchObject({ code: 'BAD_CURSOR' });
    });

    it('scans page by page in order of id and says when nobody is left', async () => {
      const tag = fresh('tag');
      await directory.upsert(
        Array.from({ length: 20 }, (_, index) => ({
          tags: [tag],
          connections: index < 15 ? [{ botId: 'vk', address: fresh('address') }] : [],
        })),
      );
      const audience = { filter: { tag }, route: 'main' as const };
      const pages: ScanPage[] = [];
      for (let after: string | undefined; ; after = pages.at(-1)?.scannedTo) {
        const page = await directory.scan(audience, world, { after, limit: 6, now: NOW });
        pages.push(page);
        if (page.done) break;
      }
      const ids = pages.flatMap(({ contactIds }) => contactIds);
      expect(new Set(ids).size).toBe(15);
      expect(ids).toEqual(ids.toSorted());
      expect(pages.flatMap(({ botIds }) => botIds)).toEqual(Array(15).fill('vk'));
      const excluded = pages.map((page) => page.excluded.no_connection ?? 0);
      expect(excluded.reduce((sum, one) => sum + one, 0)).toBe(5);
      const nobody = await directory.scan(audience, world, {
        after: '~'.repeat(16),
        limit: 6,
        now: NOW,
      });
      expect(nobody).toEqual({
        contactIds: [],
        botIds: [],
        excluded: {},
        scannedTo: undefined,
        done: true,
      });
    });

    it('names the tags, tunnels and variables in use', async () => {
      const [tag, tunnel, variable] = [fresh('tag'), fresh('tunnel'), `v${(serial += 1)}`];
      await add({ tags: [tag], tunnels: [tunnel], variables: { [variable]: 1 } });
      for (let round = 0; round < 2; round += 1) {
        const vocabulary = await directory.vocabulary();
        expect(vocabulary.tags).toContain(tag);
        expect(vocabulary.tunnels).toContain(tunnel);
        expect(vocabulary.variables).toContain(variable);
        await opened.settle?.();
      }
    });

    it('finds who did something, and who did not, among contacts of any age', async () => {
      const tag = fresh('tag');
      const early = await Promise.all([add({ tags: [tag] }), add({ tags: [tag] })]);
      await opened.settle?.();
      const late = await Promise.all([add({ tags: [tag] }), add({ tags: [tag] })]);
      const behaviour = { did: 'opened', broadcast: 'spring' } as const;
      const doers = {
        [behaviourKey(behaviour)]: packedIds([early[0], late[0], '----------------']),
      };
      const found = async (filter: Filter) => {
        const all = { all: [{ tag }, filter] };
        const { items } = await directory.list(
          { filter: all, route: 'main', doers },
          { limit: 9 },
          NOW,
        );
        return items.map(({ id }) => id);
      };
      await expect(found({ behaviour })).resolves.toEqual([early[0], late[0]].toSorted());
      await expect(found({ none: [{ behaviour }] })).resolves.toEqual(
        [early[1], late[1]].toSorted(),
      );
      await expect(found({ any: [{ tag: 'nobody has it' }, { behaviour }] })).resolves.toHaveLength(
        2,
      );
      const exported: string[] = [];
      const audience = { filter: { all: [{ tag }, { behaviour }] }, route: 'main' as const, doers };
      for await (const page of directory.export(audience, NOW))
        exported.push(...page.map(({ id }) => id));
      expect(exported).toEqual([early[0], late[0]].toSorted());
    });

    it('finds the right ones among more people than a query can name', async () => {
      const other = await open({ channelOf, now: NOW });
      const answers = await other.port.upsert(
        Array.from({ length: 6_000 }, (_, n) => ({ externalId: `p-${n}` })),
      );
      const ids = answers.map(idOf);
      const behaviour = { did: 'sent', lastDays: 1 } as const;
      const doers = { [behaviourKey(behaviour)]: packedIds(ids.slice(0, 5_500)) };
      const ask = (filter: Filter) =>
        other.port.count({ filter, route: 'main', doers }, world, NOW);
      await expect(ask({ behaviour })).resolves.toMatchObject({ matched: 5_500 });
      await expect(ask({ none: [{ behaviour }] })).resolves.toMatchObject({ matched: 500 });
      await other.close();
    });

    it('refuses to guess who did what it was not told', async () => {
      const filter = { any: [{ behaviour: { did: 'sent', lastDays: 3 } as const }] };
      await add({ firstName: 'somebody' });
      await expect(directory.count({ filter, route: 'main' }, world, NOW)).rejects.toMatchObject({
        code: 'BEHAVIOUR_UNRESOLVED',
      });
    });

    it('counts, lists and scans exactly whom the rules find, for any contacts and audience', async () => {
      const mark = fresh('property');
      const example = fc.record({
        contacts: fc.array(someContact, { minLength: 1, maxLength: 6 }),
        erased: fc.nat({ max: 3 }),
        settles: fc.boolean(),
        questions: fc.array(fc.tuple(someAudience, someRouting), { minLength: 4, maxLength: 8 }),
      });
      await fc.assert(
        fc.asyncProperty(example, async ({ contacts, erased, settles, questions }) => {
          const answers = await directory.upsert(
            contacts.map((one) => ({
              ...one,
              variables: { ...one.variables, mark },
              connections: (one.connections ?? []).map((way) => ({ ...way, address: fresh('a') })),
            })),
          );
          if (settles) await opened.settle?.();
          for (const one of answers.slice(0, erased)) await directory.erase(idOf(one));

          const all = await everyone();
          expect(all).toEqual(all.toSorted(byId));
          const doers = doersAmong(all.map(({ id }) => id));
          for (const [plain, routing] of questions) {
            const audience: AskedAudience = { ...plain, doers };
            const found = all.filter((one) => matches(one, audience, NOW));
            const routed = found.map((one) => route(one, audience.route, routing));
            const placed = routed.map((one) => ('botId' in one ? one.botId : undefined));

            const scan = await directory.scan(audience, routing, {
              after: undefined,
              limit: 10_000,
              now: NOW,
            });
            expect(scan.contactIds).toEqual(
              found.filter((_, index) => placed[index] !== undefined).map(({ id }) => id),
            );
            expect(scan.botIds).toEqual(placed.filter((one) => one !== undefined));
            const list = await directory.list(audience, { limit: 1_000 }, NOW);
            expect(list.items).toEqual(found.slice(0, 1_000));

            const count = await directory.count(audience, routing, NOW);
            expect(count.matched).toBe(found.length);
            expect(count.excluded).toEqual(scan.excluded);
            const perBot = new Map<string, number>();
            for (const bot of scan.botIds) perBot.set(bot, (perBot.get(bot) ?? 0) + 1);
            expect(new Map(count.perBot.map((one) => [one.botId, one.count]))).toEqual(perBot);
            const reasons = routed.flatMap((one) => ('excluded' in one ? [one.excluded] : []));
            expect(Object.values(count.excluded).reduce((sum, one) => sum + one, 0)).toBe(
              reasons.length,
            );
            for (const reason of reasons) expect(count.excluded).toHaveProperty(reason);
          }
        }),
        { numRuns: 15 },
      );
    });

    it('is unavailable after it is closed', async () => {
      const other = await open({ channelOf, now: NOW });
      await other.close();
      await expect(other.port.count(everybody, world, NOW)).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
      await expect(other.port.upsert([{ firstName: 'late' }])).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
    });
  });
};
