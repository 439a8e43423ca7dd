import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { GatewayWorld } from '../testing/gateway-world.ts';
import { consoleFolder } from './console-folder.ts';

const PAGE = '<!doctype html><meta property="csp-nonce" nonce="CRIER_NONCE"><div id="root"></div>';

describe('the console', () => {
  let folder: string;
  let world: GatewayWorld;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'console-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), PAGE);
    await writeFile(join(folder, 'assets/main-abc.js'), 'run()');
    await writeFile(join(folder, 'assets/main-abc.js.gz'), gzipSync('run()'));
    await writeFile(join(folder, 'secret.txt'), 'not an asset');
    world = await GatewayWorld.open({ consoleFolder: folder, requestsPerSecond: 2 });
  });
  afterAll(async () => {
    await world.close();
    await rm(folder, { recursive: true });
  });

  const get = (url: string, headers: Readonly<Record<string, string>> = {}) =>
    world.app.inject({ method: 'GET', url, headers });

  it.each(['/', '/console'])('is where %s leads', async (url) => {
    const { statusCode, headers } = await get(url);
    expect([statusCode, headers.location]).toEqual([302, '/console/']);
  });

  it.each(['/console/', '/console/broadcasts', '/console/broadcasts/a.b/edit?step=2'])(
    'answers %s with its page, to be asked for anew each time',
    async (url) => {
      const { statusCode, headers, body } = await get(url);
      expect([statusCode, headers['cache-control']]).toEqual([200, 'no-cache']);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toContain('id="root"');
    },
  );

  it('lets its page run and load what this server gives, and nothing else', async () => {
    const { headers, body } = await get('/console/');
    const nonce = /nonce="([\w+/=]{24})"/.exec(body)?.[1] ?? 'none';
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy.join()).not.toMatch(/unsafe|\*|https?:/);
    expect((await get('/console/')).body).not.toContain(nonce);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('gives files with a hash in their names for good, compressed for whoever takes that', async () => {
    const plain = await get('/console/assets/main-abc.js');
    expect(plain.body).toBe('run()');
    expect(plain.headers['content-type']).toMatch(/^(text|application)\/javascript/);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const small = await get('/console/assets/main-abc.js', { 'accept-encoding': 'gzip' });
    expect(small.headers['content-encoding']).toBe('gzip');
    expect(small.headers['content-type']).toBe(plain.headers['content-type']);
  });

  it.each(['/console/assets/none.js', '/console/assets/', '/console/assets/..%2fsecret.txt'])(
    'has no file at %s',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('not an asset');
      expect(answer.headers['content-type']).toContain('application/problem+json');
    },
  );

  it('is asked for as often as a page with many files needs', async () => {
    for (let i = 0; i < 10; i += 1) expect((await get('/console/')).statusCode).toBe(200);
  });

  it.each([
    ['/v1/none', 404, 'application/problem+json'],
    ['/v1/openapi.json', 200, 'application/json'],
    ['/r/none', 404, 'text/html'],
    ['/hooks/telegram/none', 404, 'application/problem+json'],
    ['/healthy', 404, 'application/problem+json'],
  ])('leaves %s alone', async (url, status, type) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toContain(type);
    expect(answer.body).not.toContain('id="root"');
  });

  it('takes nothing but questions', async () => {
    const answer = await world.app.inject({ method: 'POST', url: '/console' });
    expect([answer.statusCode, answer.headers['allow']]).toEqual([405, 'GET, HEAD']);
  });
});

describe('a console that was not built', () => {
  it('says so, and how to build it', async () => {
    const world = await GatewayWorld.open();
    const answer = await world.app.inject({ method: 'GET', url: '/console/broadcasts' });
    expect([answer.statusCode, answer.headers['cache-control']]).toEqual([404, 'no-store']);
    expect(answer.body).toContain('npm run build');
    await world.close();
  });
});

describe("the console's folder", () => {
  it('lies beside the apps of an image', async () => {
    const root = await mkdtemp(join(tmpdir(), 'image-'));
    const main = pathToFileURL(join(root, 'gateway/main.js')).href;
    expect(consoleFolder(main)).toBeUndefined();
    await mkdir(join(root, 'console'));
    await writeFile(join(root, 'console/index.html'), PAGE);
    expect(consoleFolder(main)).toBe(join(root, 'console/'));
    await rm(root, { recursive: true });
  });

  it.each(['src/main.ts', 'dist/main.js'])('is found from %s of an app', async (file) => {
    const root = await mkdtemp(join(tmpdir(), 'repository-'));
    await mkdir(join(root, 'apps/console/dist'), { recursive: true });
    await writeFile(join(root, 'apps/console/dist/index.html'), PAGE);
    const main = pathToFileURL(join(root, 'apps/gateway', file)).href;
    expect(consoleFolder(main)).toBe(join(root, 'apps/console/dist/'));
    await rm(root, { recursive: true });
  });
});
