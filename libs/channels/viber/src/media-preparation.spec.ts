import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaReader } from '@crier/connector';
import { openServer, type LocalServer } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { ViberConnector } from './index.ts';
import { senderAt } from './testing/viber-facts.ts';

const connector = new ViberConnector({ version: '1.0.0', timeoutMs: 300 });
type Answer = readonly [status: number, headers: Readonly<Record<string, string>>];
/** How the server answers, by the first word of a path; the others are 4321 bytes long. */
const ANSWERS: Readonly<Record<string, Answer>> = {
  moved: [302, { location: '/film.mp4' }],
  broken: [503, {}],
  missing: [404, {}],
  vague: [200, { 'transfer-encoding': 'chunked' }],
  huge: [200, { 'content-length': '26000001' }],
};
const RANGE: Answer = [206, { 'content-range': 'bytes 0-0/1234' }];

let server: LocalServer;
let asked: string[] = [];
beforeAll(async () => {
  server = await openServer(({ method = '', url = '' }, response) => {
    asked.push(`${method} ${url}`);
    const word = /\w+/.exec(url)?.[0] ?? '';
    if (word === 'silent') return;
    const ranges: Answer = method === 'HEAD' ? [405, {}] : RANGE;
    const found = word === 'ranges' ? ranges : ANSWERS[word];
    response.writeHead(...(found ?? ([200, { 'content-length': '4321' }] as const)));
    response.end();
  });
});
afterAll(async () => {
  await connector.close();
  await server.close();
});

const files: Readonly<Record<string, { name: string; contentType: string; bytes: number }>> = {
  picture: { name: 'a picture', contentType: 'image/png', bytes: 3 },
  film: { name: 'film.mp4', contentType: 'video/mp4', bytes: 5 },
  song: { name: 'song', contentType: 'audio/mpeg', bytes: 7 },
  poster: { name: 'poster.png', contentType: 'image/png', bytes: 1_000_001 },
  scan: { name: 'scan.webp', contentType: 'image/webp', bytes: 3 },
  setup: { name: 'setup.exe', contentType: 'application/octet-stream', bytes: 3 },
};
const media: MediaReader = {
  find: (id) => Promise.resolve(files[id]),
  open: () => Promise.resolve(undefined),
  urlOf: (id, name = '') => `https://crier.example/media/${id}/${name}`,
};
const prepare = (elements: readonly Element[], known = {}) =>
  connector.prepare(senderAt('http://127.0.0.1:1'), elements, media, known);
const video = (path: string): Element => ({ type: 'video', url: `${server.url}${path}` });

describe('preparing', () => {
  it('asks nobody about pictures on the web', async () => {
    await expect(prepare([{ type: 'image', url: 'https://a.b/c.jpg' }])).resolves.toEqual({});
  });

  it('learns the size of videos and files once', async () => {
    asked = [];
    const elements: readonly Element[] = [
      video('/film.mp4'),
      video('/film.mp4'),
      { type: 'file', url: `${server.url}/ranges/price%20list` },
      video('/moved.mp4'),
    ];
    const assets = await prepare(elements);
    expect(Object.values(assets).map((asset) => JSON.parse(asset) as unknown)).toEqual([
      { url: `${server.url}/film.mp4`, bytes: 4321, name: 'film.mp4' },
      { url: `${server.url}/ranges/price%20list`, bytes: 1234, name: 'price list.bin' },
      { url: `${server.url}/moved.mp4`, bytes: 4321, name: 'moved.mp4' },
    ]);
    expect(asked).toHaveLength(5);
    await expect(prepare(elements, assets)).resolves.toEqual(assets);
    expect(asked).toHaveLength(5);
  });

  it('gives uploads addresses that end as Viber wants', async () => {
    const assets = await prepare([
      { type: 'image', media: 'picture' },
      { type: 'video', media: 'film' },
      { type: 'audio', media: 'song' },
      { type: 'gallery', cards: [{ media: 'picture' }] },
    ]);
    const urlOf = (id: string) => (JSON.parse(assets[`media:${id}`]!) as { url: string }).url;
    expect(Object.keys(assets)).toEqual(['media:picture', 'media:film', 'media:song']);
    expect(urlOf('picture')).toBe('https://crier.example/media/picture/a picture.png');
    expect(urlOf('song')).toBe('https://crier.example/media/song/song.mp3');
  });

  it.each([
    ['an upload that is not there', () => ({ type: 'image', media: 'nothing' }) as const],
    ['a large picture', () => ({ type: 'image', media: 'poster' }) as const],
    ['a picture of another kind', () => ({ type: 'image', media: 'scan' }) as const],
    ['a film for a picture', () => ({ type: 'gallery', cards: [{ media: 'film' }] }) as const],
    ['a program', () => ({ type: 'file', media: 'setup' }) as const],
    ['a large video', () => video('/huge.mp4')],
    ['a video that is gone', () => video('/missing.mp4')],
    ['a video of unknown size', () => video('/vague.mp4')],
  ])('refuses %s', async (_, element) => {
    await expect(prepare([element()])).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      verdict: 'park',
    });
  });

  it.each([
    ['is broken', () => video('/broken.mp4')],
    ['is silent', () => video('/silent.mp4')],
    ['is away', () => ({ type: 'video', url: 'http://127.0.0.1:1/film.mp4' }) as const],
  ])('waits for a server that %s', async (_, element) => {
    await expect(prepare([element()])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
