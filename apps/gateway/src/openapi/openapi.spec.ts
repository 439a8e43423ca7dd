import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { GatewayWorld } from '../testing/gateway-world.ts';

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, object>>;
}
interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

describe('the description of the API', () => {
  let world: GatewayWorld;
  let document: Document;
  beforeAll(async () => {
    world = await GatewayWorld.open();
    const answer = await world.ask('GET', '/v1/openapi.json', { as: 'nobody' });
    document = answer.json() as unknown as Document;
  });
  afterAll(() => world.close());

  const operations = () => Object.values(document.paths).flatMap((path) => Object.values(path));

  it('is OpenAPI 3.1, open to everybody', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).length).toBeGreaterThan(35);
  });

  it('names every operation once, says what it is for, and that it may end in a problem', () => {
    const ids = operations().map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { summary, responses } of operations()) {
      expect(summary).toBeTruthy();
      expect(Object.keys(responses)).toContain('default');
    }
  });

  it('asks for a token wherever it is not public on purpose', () => {
    const open = operations().filter(({ security }) => security === undefined);
    expect(open.map(({ operationId }) => operationId).sort()).toEqual([
      'Links_follow',
      'Media_get',
      'Media_getNamed',
      'Shops_tell',
    ]);
  });

  it('holds schemas that are whole: each is valid, and every reference leads somewhere', () => {
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const id = 'https://example.com/api';
    ajv.addSchema({ $id: id, ...document });
    for (const name of Object.keys(document.components.schemas))
      expect(() => ajv.compile({ $ref: `${id}#/components/schemas/${name}` })).not.toThrow();
    const references = JSON.stringify(document.paths).match(/#\/components\/schemas\/\w+/g) ?? [];
    for (const reference of new Set(references))
      expect(Object.keys(document.components.schemas)).toContain(reference.split('/').at(-1));
  });

  it('tells kinds of elements and buttons apart by what is sent, not by names of schemas', () => {
    const at = (name: string) => `#/components/schemas/${name}`;
    expect(document.components.schemas['Button']).toMatchObject({
      discriminator: {
        mapping: { link: at('LinkButton'), message: at('MessageButton'), buy: at('BuyButton') },
      },
    });
    expect(document.components.schemas['Element']).toMatchObject({
      discriminator: { mapping: { text: at('TextElement'), voice: at('MediaElement') } },
    });
  });
});
