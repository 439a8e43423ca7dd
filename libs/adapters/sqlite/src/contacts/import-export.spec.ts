import { ContactImport, exportContacts, type ContactChange, type ImportJob } from '@crier/audience';
import { FixedClock } from '@crier/audience/testing';
import type { Contact } from '@crier/contracts';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { SqliteContactDirectory } from './sqlite-contact-directory.ts';
import { SqliteImportStore } from './sqlite-import-store.ts';

const NOW = '2026-03-01T12:00:00.000Z';
const clock = new FixedClock(NOW);
const everybody = { filter: { all: [] }, route: 'main' as const };

const freshDirectory = () =>
  new SqliteContactDirectory({
    path: ':memory:',
    clock,
    channelOf: (bot) => (bot === 'tele' || bot === 'vib' ? bot : undefined),
  });

const bytesOf = async (content: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
};

const everyone = async (directory: SqliteContactDirectory): Promise<Contact[]> => {
  const all: Contact[] = [];
  for await (const page of directory.export(everybody, NOW)) all.push(...page);
  return all;
};

const byExternalId = (contacts: readonly Contact[]) =>
  contacts
    .map(({ id: _id, ...rest }) => rest)
    .toSorted((left, right) => ((left.externalId ?? '') < (right.externalId ?? '') ? -1 : 1));

let directory: SqliteContactDirectory;
let store: SqliteImportStore;
let reports: string;
let serial = 0;

beforeEach(async () => {
  directory = freshDirectory();
  store = new SqliteImportStore({ path: ':memory:' });
  reports = await mkdtemp(join(tmpdir(), 'crier-reports-'));
});
afterEach(async () => {
  await directory.close();
  await store.close();
  await rm(reports, { recursive: true });
});

const importing = (
  content: AsyncIterable<Uint8Array> | string | Uint8Array,
  format: ImportJob['format'] = 'csv',
  into = directory,
): Promise<ImportJob> => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = bytes instanceof Uint8Array ? Readable.from([bytes]) : bytes;
  const work = new ContactImport({ directory: into, store, clock, reports });
  return work.run({ id: `job-${(serial += 1)}`, name: 'people', format }, source);
};

const reportOf = async (job: ImportJob): Promise<readonly string[]> =>
  job.report === undefined ? [] : (await readFile(job.report, 'utf8')).trimEnd().split('\r\n');

describe('importing CSV', () => {
  it('reads every column', async () => {
    const job = await importing(
      [
        'external_id,first_name,last_name,language,zone,tags,tunnels,first_contact_at,last_active_at,bot,address,status,var:city,var:age,var:code:text,var:ok',
        '1,Ada,"Love, ""Countess""",en,Europe/London,vip|new,spring,2026-01-01,2026-02-01T10:00:00Z,tele,77,blocked,London,36,007,true',
      ].join('\r\n'),
    );
    expect(job).toMatchObject({
      state: 'done',
      progress: { rows: 1, created: 1, changed: 0, failed: 0, bytes: 275 },
    });
    await expect(directory.findByAddress('tele', '77')).resolves.toMatchObject({
      externalId: '1',
      firstName: 'Ada',
      lastName: 'Love, "Countess"',
      language: 'en',
      zone: 'Europe/London',
      tags: ['vip', 'new'],
      tunnels: ['spring'],
      variables: { city: 'London', age: 36, code: '007', ok: true },
      firstContactAt: '2026-01-01T00:00:00.000Z',
      lastActiveAt: '2026-02-01T10:00:00.000Z',
      connections: [{ status: 'blocked', main: true }],
    });
  });

  it('takes a byte order mark, any line ends, semicolons, and empty lines', async () => {
    await expect(importing('\uFEFFexternal_id;tags\r\n1;a|b\r\n\r\n2;c')).resolves.toMatchObject({
      state: 'done',
      progress: { rows: 2, created: 2 },
    });
    await expect(importing('External_ID\tfirst_name\n1\tA\n\n')).resolves.toMatchObject({
      state: 'done',
      progress: { rows: 1, changed: 1 },
    });
  });

  it('leaves as it is what a cell does not tell', async () => {
    await importing('external_id,first_name,tags\n1,Ada,vip\n');
    await importing('external_id,first_name,tags\n1,,new\n');
    const [contact] = await everyone(directory);
    expect(contact).toMatchObject({ firstName: 'Ada', tags: ['new'] });
  });

  it('does the good rows and lists the others with row, column, code and a sentence', async () => {
    const job = await importing(
      [
        'external_id,language,bot,address,var:age:number',
        '1,en,tele,1,30',
        '2,en_US,tele,2,',
        '3,en,nobody,3,',
        '4,en,tele,4,old',
        '5,en',
        ',en,,,',
        '7,en,tele,,',
        '8,en,tele,8,',
      ].join('\n'),
    );
    expect(job).toMatchObject({ state: 'done', progress: { rows: 8, created: 2, failed: 6 } });
    const lines = await reportOf(job);
    expect(lines.map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
      'row,column,code',
      '3,language,LANGUAGE_INVALID',
      '4,bot,UNKNOWN_BOT',
      '5,var:age:number,VALUE_INVALID',
      '6,,COLUMN_COUNT',
      '7,external_id,NO_IDENTITY',
      '8,bot,CONNECTION_INCOMPLETE',
    ]);
  });

  it.each([
    ['UNKNOWN_COLUMN', 'external_id,colour\n1,red\n'],
    ['UNKNOWN_COLUMN', 'external_id,var:1st\n1,red\n'],
    ['DUPLICATE_COLUMN', 'external_id,tags,tags\n1,a,b\n'],
    ['DUPLICATE_COLUMN', 'external_id,var:a,var:a:text\n1,a,b\n'],
    ['NO_HEADER', ''],
    ['NO_HEADER', '\n1,2\n'],
    ['NOT_TEXT', Buffer.from('89504e470d0a1a0a', 'hex')],
    ['NOT_TEXT', Buffer.from('external_id\n1\n', 'utf16le')],
    ['RECORD_TOO_LARGE', `external_id,first_name\n1,"${'x'.repeat(1_100_000)}\n`],
  ])('stops with %s before anything is imported', async (reason, content) => {
    const job = await importing(content);
    expect(job).toMatchObject({ state: 'failed', reason, progress: { created: 0 } });
    await expect(store.get(job.id)).resolves.toEqual(job);
  });

  it('names the unknown column and the known ones', async () => {
    const { message } = await importing('external_id,colour\n');
    expect(message).toContain('"colour"');
    expect(message).toContain('external_id, first_name');
  });

  it('stops at malformed CSV, says where, and keeps what came before', async () => {
    const job = await importing('external_id,first_name\n1,A\n2,"B"x\n3,C\n');
    expect(job).toMatchObject({ state: 'failed', reason: 'MALFORMED_CSV' });
    expect(job.message).toMatch(/line 3/);
    await expect(everyone(directory)).resolves.toMatchObject([{ externalId: '1' }]);
  });

  it('fails with the reason when its source breaks off, and can be repeated', async () => {
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('external_id\n1\n2\n');
        throw Object.assign(new Error('the connection was lost'), { code: 'ECONNRESET' });
        await Promise.resolve();
      })(),
    );
    await expect(importing(broken)).resolves.toMatchObject({
      state: 'failed',
      reason: 'ECONNRESET',
    });
    const again = await importing('external_id\n1\n2\n3\n');
    expect(again).toMatchObject({ state: 'done', progress: { rows: 3 } });
    await expect(everyone(directory)).resolves.toHaveLength(3);
  });

  it('reads characters that are cut apart between two pieces', async () => {
    const bytes = Buffer.from('external_id,first_name\n1,Їжак\u{1F994}\n');
    await importing(Readable.from([...bytes].map((byte) => Uint8Array.of(byte))));
    await expect(everyone(directory)).resolves.toMatchObject([{ firstName: 'Їжак\u{1F994}' }]);
  });
});

describe('importing NDJSON', () => {
  it('reads a change a line and lists the lines that are none', async () => {
    const job = await importing(
      [
        '{"externalId":"1","addTags":["a"],"variables":{"n":1}}',
        '',
        '{"externalId":"2"',
        '[]',
        'null',
        '{"externalId":"3","surprise":1}',
        JSON.stringify({ externalId: '4', firstName: 'x'.repeat(1_100_000) }),
        '{"firstName":"nobody"}',
        '{"externalId":"5"}',
        `{"externalId":"6","variables":{"deep":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
      ].join('\n'),
      'ndjson',
    );
    expect(job).toMatchObject({ state: 'done', progress: { rows: 9, created: 2, failed: 7 } });
    const lines = await reportOf(job);
    expect(lines.slice(1).map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
      '3,,MALFORMED_JSON',
      '4,,OBJECT_EXPECTED',
      '5,,OBJECT_EXPECTED',
      '6,surprise,UNKNOWN_FIELD',
      '7,,LINE_TOO_LONG',
      '8,external_id,NO_IDENTITY',
      '10,variables.deep,VALUE_INVALID',
    ]);
  });
});

describe('what is exported', () => {
  const people: readonly ContactChange[] = [
    {
      externalId: '=1+1',
      firstName: '@SUM(A1)',
      lastName: "'-quoted",
      tags: ['a|b', '-c', ' spaced ', 'back\\slash'],
      tunnels: ['spring'],
      language: 'pt-BR',
      zone: 'Europe/Kyiv',
      variables: { phone: '+380', digits: '007', empty: '', yes: true, text: 'true', n: -1.5 },
      firstContactAt: '2026-01-01T00:00:00.001Z',
      lastActiveAt: '2026-02-01T00:00:00.000Z',
      connections: [
        { botId: 'tele', address: '-100', status: 'blocked', statusAt: '2026-01-05T00:00:00.000Z' },
        { botId: 'vib', address: 'a"b,c', main: true, statusAt: '2026-01-06T00:00:00.000Z' },
      ],
    },
    { externalId: 'plain' },
    { externalId: 'lines', firstName: 'two\r\nlines', variables: { n: 'a\nb', text: '"quoted"' } },
  ];

  it.each(['csv', 'ndjson'] as const)('is imported again as it was, as %s', async (format) => {
    await directory.upsert(people);
    const exported = await bytesOf(
      exportContacts(directory, { audience: everybody, now: NOW, format }),
    );
    const other = freshDirectory();
    const job = await importing(exported, format, other);
    expect(job).toMatchObject({ state: 'done', progress: { rows: 3, created: 3, failed: 0 } });
    const [before, after] = [await everyone(directory), await everyone(other)];
    const inOrder = (contacts: readonly Contact[]) =>
      byExternalId(contacts).map((contact) => ({
        ...contact,
        connections: contact.connections.toSorted((left, right) =>
          left.botId < right.botId ? -1 : 1,
        ),
      }));
    expect(inOrder(after)).toEqual(inOrder(before));
    await other.close();
  });

  it('holds no cell that a spreadsheet would run', async () => {
    await directory.upsert(people);
    const csv = await bytesOf(
      exportContacts(directory, { audience: everybody, now: NOW, format: 'csv' }),
    );
    expect(csv.toString()).toContain("'=1+1");
    expect(csv.toString()).not.toMatch(/(^|[,"])[=@+]/m);
  });

  it('is the audience that was asked for, page by page', async () => {
    await directory.upsert(
      Array.from({ length: 1_200 }, (_, n) => ({
        externalId: `p-${n}`,
        tags: n % 2 ? ['odd'] : [],
      })),
    );
    const audience = { filter: { tag: 'odd' }, route: 'main' as const };
    const request = { audience, now: NOW, format: 'ndjson' as const };
    const pieces: number[] = [];
    for await (const piece of exportContacts(directory, request)) pieces.push(piece.byteLength);
    expect(pieces).toHaveLength(2);
    const text = (await bytesOf(exportContacts(directory, request))).toString();
    expect(text.trimEnd().split('\n')).toHaveLength(600);
  });
});
