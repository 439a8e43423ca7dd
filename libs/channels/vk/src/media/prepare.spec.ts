import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { MediaReader } from '@crier/connector';
import { openServer, type LocalServer } from '@crier/connector/testing';
import type { Element } from '@crier/contracts';
import { Readable } from 'node:stream';
import { VkConnector } from '../index.ts';
import { senderAt } from '../testing/vk-facts.ts';

const connector = new VkConnector({
  version: '1.0.0',
  timeoutMs: 300,
  assumed: { requestsPerSecond: 1000 },
});

/** How a server of files answers, by the first word of a path; the others are three bytes of a picture. */
const ANSWERS: Readonly<
  Record<string, readonly [status: number, headers: Record<string, string>]>
> = {
  moved: [302, { location: '/picture.png' }],
  broken: [503, {}],
  missing: [404, {}],
  film: [200, { 'content-type': 'video/mp4' }],
  huge: [200, { 'content-length': '50000001' }],
};
/** What VK answers, by method; what is not told is refused. */
const vk = new Map<string, string>();
const asked: { readonly path: string; readonly body: string }[] = [];

let server: LocalServer;
beforeAll(async () => {
  server = await openServer((request, response) => {
    const path = request.url ?? '';
    let body = '';
    request.setEncoding('latin1');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      asked.push({ path, body });
      const answer = vk.get(path.replace('/method/', ''));
      if (answer !== undefined) response.end(answer);
      else if (path.startsWith('/method/'))
        response.end('{"error":{"error_code":15,"error_msg":"Access denied"}}');
      else {
        const word = /\w+/.exec(path)?.[0] ?? '';
        if (word === 'silent') return;
        response.writeHead(...(ANSWERS[word] ?? [200, { 'content-type': 'image/png' }]));
        response.end('png');
      }
    });
  });
});
afterAll(async () => {
  await connector.close();
  await server.close();
});

const told = (answers: Readonly<Record<string, unknown>>): void => {
  vk.clear();
  asked.length = 0;
  for (const [method, response] of Object.entries(answers))
    vk.set(method, JSON.stringify(method.startsWith('/') ? response : { response }));
};
const uploads = () =>
  told({
    'photos.getMessagesUploadServer': { upload_url: `${server.url}/up/photo` },
    '/up/photo': { server: 5, photo: '[{"photo":"x"}]', hash: 'h' },
    'photos.saveMessagesPhoto': [{ id: 8, owner_id: -9, access_key: 'k1' }],
    'docs.getWallUploadServer': { upload_url: `${server.url}/up/file` },
    'docs.getMessagesUploadServer': { upload_url: `${server.url}/up/file` },
    '/up/file': { file: 'f' },
    'docs.save': { type: 'doc', doc: { id: 7, owner_id: -9 } },
  });

const files: Readonly<Record<string, { name: string; contentType: string; bytes: number }>> = {
  picture: { name: 'picture.png', contentType: 'image/png', bytes: 3 },
  song: { name: 'song.mp3', contentType: 'audio/mpeg', bytes: 3 },
  poster: { name: 'poster.png', contentType: 'image/png', bytes: 50_000_001 },
  lost: { name: 'lost.png', contentType: 'image/png', bytes: 3 },
};
const media: MediaReader = {
  find: (id) => Promise.resolve(files[id]),
  open: (id) => Promise.resolve(id === 'lost' ? undefined : Readable.from([Buffer.from('png')])),
  urlOf: (id, name) => `https://crier.example/media/${id}/${name ?? ''}`,
};
const prepare = (elements: readonly Element[], known = {}, credentials = {}) =>
  connector.prepare(senderAt(server.url, credentials), elements, media, known);
const on = (path: string) => `${server.url}${path}`;
const handles = (assets: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(assets).map(([key, asset]) => [key, JSON.parse(asset) as unknown]),
  );

describe('preparing', () => {
  it('uploads pictures once, Crier’s own and those of the web, and asks nothing about those on VK', async () => {
    uploads();
    const elements: readonly Element[] = [
      { type: 'image', media: 'picture' },
      { type: 'image', url: on('/moved') },
      { type: 'image', url: 'https://vk.com/photo-1_2' },
      { type: 'gallery', cards: [{ media: 'picture' }, { url: 'photo-1_3' }] },
    ];
    const assets = await prepare(elements);
    expect(handles(assets)).toEqual({
      'media:picture': { photo: 'photo-9_8_k1' },
      [`url:${on('/moved')}`]: { photo: 'photo-9_8_k1' },
    });
    const uploaded = asked.filter(({ path }) => path === '/up/photo');
    expect(uploaded).toHaveLength(2);
    expect(uploaded[0]!.body).toMatch(/name="photo"; filename="picture.png"[^]*image\/png[^]*png/);
    const saved = asked.find(({ path }) => path === '/method/photos.saveMessagesPhoto');
    expect(Object.fromEntries(new URLSearchParams(saved!.body))).toMatchObject({
      server: '5',
      photo: '[{"photo":"x"}]',
      hash: 'h',
    });
    const before = asked.length;
    await expect(prepare(elements, assets)).resolves.toEqual(assets);
    expect(asked).toHaveLength(before);
  });

  it('uploads videos, files and voices as documents, and names where music is heard', async () => {
    uploads();
    const assets = await prepare([
      { type: 'video', url: on('/film.mp4') },
      { type: 'file', media: 'picture' },
      { type: 'voice', media: 'picture' },
      { type: 'audio', media: 'song' },
      { type: 'audio', url: on('/song.mp3') },
    ]);
    expect(handles(assets)).toEqual({
      [`url:${on('/film.mp4')}`]: { document: 'doc-9_7' },
      'media:picture': { document: 'doc-9_7', voice: 'doc-9_7' },
      'media:song': { link: 'https://crier.example/media/song/song.mp3' },
      [`url:${on('/song.mp3')}`]: { link: on('/song.mp3') },
    });
    const servers = asked.filter(({ path }) => path.includes('UploadServer'));
    expect(servers.map(({ path, body }) => [path.slice(8), body.replace('v=5.199&', '')])).toEqual([
      ['docs.getWallUploadServer', 'group_id=217003211'],
      ['docs.getWallUploadServer', 'group_id=217003211'],
      ['docs.getMessagesUploadServer', 'type=audio_message'],
    ]);
  });

  it('uploads documents to the chat of somebody whom the bot names', async () => {
    uploads();
    await prepare([{ type: 'file', media: 'picture' }], {}, { uploadPeer: '77' });
    expect(asked[0]).toMatchObject({
      path: '/method/docs.getMessagesUploadServer',
      body: expect.stringContaining('type=doc&peer_id=77'),
    });
  });

  it.each([
    ['an upload that is not there', { type: 'image', media: 'nothing' }],
    ['an upload whose bytes are gone', { type: 'image', media: 'lost' }],
    ['a large upload', { type: 'image', media: 'poster' }],
    ['music for a document', { type: 'file', media: 'song' }],
    ['music that is not there', { type: 'audio', media: 'nothing' }],
    ['a large picture of the web', { type: 'image', url: '/huge.png' }],
    ['a picture that is gone', { type: 'image', url: '/missing.png' }],
    ['a film for a picture', { type: 'image', url: '/film' }],
  ])('refuses %s', async (_, element) => {
    uploads();
    const placed = 'url' in element ? { ...element, url: on(element.url) } : element;
    await expect(prepare([placed as Element])).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      verdict: 'park',
    });
  });

  it.each([
    ['is broken', () => on('/broken.png')],
    ['is silent', () => on('/silent.png')],
    ['is away', () => 'http://127.0.0.1:1/a.png'],
  ])('waits for a server of files that %s', async (_, url) => {
    uploads();
    const preparing = prepare([{ type: 'image', url: url() }]);
    await expect(preparing).rejects.toMatchObject({ code: 'UNAVAILABLE', verdict: 'retry' });
  });

  it.each([
    ['the method is refused', {}, 'UPLOAD_REFUSED'],
    ['no place is named', { 'photos.getMessagesUploadServer': {} }, 'UNAVAILABLE'],
    ['the file is refused', { '/up/photo': { error: 'ERR_UPLOAD_BAD_IMAGE' } }, 'UPLOAD_REFUSED'],
    [
      'the photo is empty',
      { '/up/photo': { server: 5, photo: '[]', hash: 'h' } },
      'UPLOAD_REFUSED',
    ],
    ['nothing is saved', { 'photos.saveMessagesPhoto': [] }, 'UPLOAD_REFUSED'],
  ])('says so where %s', async (title, answers, code) => {
    uploads();
    if (title === 'the method is refused') vk.clear();
    for (const [method, response] of Object.entries(answers))
      vk.set(method, JSON.stringify(method.startsWith('/') ? response : { response }));
    const preparing = prepare([{ type: 'image', media: 'picture' }]);
    await expect(preparing).rejects.toMatchObject({ code });
  });

  it('cannot be done for a bot whose token is none', async () => {
    const preparing = prepare([{ type: 'image', media: 'picture' }], {}, { token: 'a b' });
    await expect(preparing).rejects.toMatchObject({ code: 'UPLOAD_REFUSED' });
  });
});
