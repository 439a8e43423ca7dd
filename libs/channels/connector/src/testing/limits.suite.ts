import { describe, expect, it } from '@jest/globals';
import type { Element } from '@crier/contracts';
import { Readable } from 'node:stream';
import type { MediaReader } from '../connector.ts';
import type { FileRow } from './connector-facts.ts';
import type { Stage } from './stage.ts';

/** A file that says it has so many bytes. */
const holding = ({ name, contentType }: FileRow, bytes: number): MediaReader => ({
  find: () => Promise.resolve({ name, contentType, bytes }),
  open: () => Promise.resolve(Readable.from([Buffer.from(name)])),
  urlOf: (id) => `https://crier.example/media/${id}/${name}`,
});

/** What every connector promises about content that is just within the channel's limits, and just beyond. */
export const limitsSuite = (stage: Stage): void => {
  const { limits, files } = stage.facts;
  const prepare = (file: FileRow, elements: readonly Element[], bytes: number) =>
    stage.connector.prepare(stage.sender, elements, holding(file, bytes), {});

  describe('a limit', () => {
    it.each(limits)('is kept by $most $title, which are taken', async ({ most, content }) => {
      expect(stage.connector.check(content(most))).toEqual([]);
      for (const result of await stage.send(content(most)))
        expect(result).toMatchObject({ result: 'accepted' });
    });

    it.each(limits)('of $most $title is not kept by one more', ({ most, content, problem }) => {
      const found = stage.connector.check(content(most + 1));
      expect(found.map(({ path, code }) => [path, code])).toEqual([problem]);
    });

    it.each(limits.filter(({ announced }) => announced))(
      'of $most $title is announced',
      ({ most, announced }) => {
        expect(announced?.(stage.connector.capabilities.limits)).toBe(most);
      },
    );

    for (const file of files)
      it(`of ${file.most} bytes is kept by the upload ${file.name}, and not by one of a byte more`, async () => {
        const elements: readonly Element[] = [{ type: file.element, media: 'upload' }];
        const assets = await prepare(file, elements, file.most);
        const results = await stage.send(elements, { assets });
        expect(results).toEqual([expect.objectContaining({ result: 'accepted' })]);
        await expect(prepare(file, elements, file.most + 1)).rejects.toMatchObject({
          code: 'UPLOAD_REFUSED',
          verdict: 'park',
        });
      });
  });
};
