import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { formWith } from '../testing/form.ts';
import { GatewayWorld } from '../testing/gateway-world.ts';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('media over HTTP', () => {
  let world: GatewayWorld;
  beforeAll(async () => {
    world = await GatewayWorld.open({ mediaLimit: 1_000 });
  });
  afterAll(() => world.close());

  it('keeps a file and serves it to everybody, with headers that let nothing run', async () => {
    const kept = await world.ask('POST', '/v1/media', formWith('a "b".png', 'text/html', PNG));
    expect(kept.statusCode).toBe(201);
    expect(kept.json()).toMatchObject({ contentType: 'image/png', bytes: PNG.length });
    const { id, url } = kept.json();
    expect(url).toBe(`https://crier.example/v1/media/${id}`);
    const served = await world.ask('GET', `/v1/media/${id}`, { as: 'nobody' });
    expect(served.bytes).toEqual(PNG);
    expect(served.headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const head = await world.ask('HEAD', `/v1/media/${id}`, { as: 'nobody' });
    expect(head.headers['content-length']).toBe(String(PNG.length));
    const used = await world.sendable({
      message: { synchronised: true, elements: [{ type: 'image', media: id }] },
    });
    expect(used.id).toBeDefined();
  });

  it('serves what a browser could run as a download', async () => {
    const kept = await world.ask(
      'POST',
      '/v1/media',
      formWith('x.html', 'text/html', '<script>1</script>'),
    );
    const served = await world.ask('GET', `/v1/media/${kept.json().id}`, { as: 'nobody' });
    expect(served.headers['content-disposition']).toContain('attachment');
    expect(served.headers['content-type']).toBe('application/octet-stream');
  });

  it('refuses a file over the limit, and takes one that just fits', async () => {
    const fits = await world.ask(
      'POST',
      '/v1/media',
      formWith('a', 'text/plain', 'x'.repeat(1_000)),
    );
    expect(fits.statusCode).toBe(201);
    const large = await world.ask(
      'POST',
      '/v1/media',
      formWith('a', 'text/plain', 'y'.repeat(1_001)),
    );
    expect(large.statusCode).toBe(413);
    expect((await world.ask('GET', '/v1/media/unknown', { as: 'nobody' })).statusCode).toBe(404);
    expect((await world.ask('POST', '/v1/media', { body: {} })).statusCode).toBe(415);
  });
});
