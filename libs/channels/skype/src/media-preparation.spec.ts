import { describe, expect, it } from '@jest/globals';
import type { MediaReader } from '@crier/connector';
import { someTarget } from '@crier/connector/testing';
import type { Element, MediaKind } from '@crier/contracts';
import { SkypeConnector } from './index.ts';
import { senderAt } from './testing/skype-facts.ts';

const connector = new SkypeConnector({ version: '1.0.0' });
const sender = senderAt('http://127.0.0.1:1');
const keeping = (name: string, contentType: string, bytes = 1000): MediaReader => ({
  find: (id) => Promise.resolve(id === 'known' ? { name, contentType, bytes } : undefined),
  open: () => Promise.resolve(undefined),
  urlOf: (id, named = '') => `https://crier.example/m/${id}/${named}`,
});
const upload = (type: MediaKind, media = 'known'): readonly Element[] => [{ type, media }];

describe('an upload', () => {
  it('is named by its public address, of its kind and under its name', async () => {
    const elements: readonly Element[] = [
      ...upload('voice'),
      { type: 'image', url: 'https://a.b/c.jpg' },
      { type: 'text', text: 'x' },
    ];
    const assets = await connector.prepare(sender, elements, keeping('hello', 'audio/ogg'), {});
    expect(Object.keys(assets)).toEqual(['media:known']);
    const [part] = connector.compile(elements, assets).render(someTarget('29:ann'));
    expect(JSON.parse(part!.body)).toMatchObject({
      attachments: [
        {
          contentType: 'audio/ogg',
          contentUrl: 'https://crier.example/m/known/hello.ogg',
          name: 'hello.ogg',
        },
      ],
    });
  });

  it('is a picture on a card of a gallery', async () => {
    const elements: readonly Element[] = [{ type: 'gallery', cards: [{ media: 'known' }] }];
    const assets = await connector.prepare(sender, elements, keeping('a.png', 'image/png'), {});
    const [part] = connector.compile(elements, assets).render(someTarget('29:ann'));
    expect(part!.body).toContain('{"url":"https://crier.example/m/known/a.png"}');
  });

  it('is looked up once for a lane', async () => {
    const known = { 'media:known': '{"url":"https://x","contentType":"image/png","name":"x.png"}' };
    const media = { ...keeping('a', 'b'), find: () => Promise.reject(new Error('asked')) };
    await expect(connector.prepare(sender, upload('image'), media, known)).resolves.toEqual(known);
  });

  it.each([
    ['is not there', upload('image', 'lost'), keeping('a.png', 'image/png')],
    ['is of another kind', upload('video'), keeping('a.png', 'image/png')],
    [
      'is no picture for a card',
      [{ type: 'gallery', cards: [{ media: 'known' }] }],
      keeping('a', 'video/mp4'),
    ],
    ['is too large', upload('file'), keeping('a.zip', 'application/zip', 20_000_001)],
  ] as const)('that %s is refused', async (_, elements, media) => {
    await expect(connector.prepare(sender, elements, media, {})).rejects.toMatchObject({
      code: 'UPLOAD_REFUSED',
      verdict: 'park',
    });
  });
});
