import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshId } from '@crier/kernel';
import type { TokenRecord, TokenStore } from '../ports/token-store.ts';
import { hashOf, newToken } from '../access/tokens.ts';

export interface Opened<Port> {
  readonly port: Port;
  readonly close: () => Promise<void>;
}

const record = (more: Partial<TokenRecord> = {}): TokenRecord => ({
  id: freshId(),
  name: 'Ann’s laptop',
  role: 'operator',
  hash: hashOf(newToken()),
  createdAt: '2026-01-01T00:00:00.000Z',
  revoked: false,
  ...more,
});

/** What every token store promises. */
export const describeTokenStore = (
  adapter: string,
  open: () => Promise<Opened<TokenStore>>,
): void => {
  describe(`TokenStore: ${adapter}`, () => {
    let store: TokenStore;
    let close: () => Promise<void>;
    beforeAll(async () => ({ port: store, close } = await open()));
    afterAll(() => close());

    it('finds a token by its hash, whole', async () => {
      const token = record();
      await store.add(token);
      expect(await store.findByHash(token.hash)).toEqual(token);
      expect(await store.findByHash(hashOf('another'))).toBeUndefined();
    });

    it('revokes a token once, and still finds it', async () => {
      const token = record();
      await store.add(token);
      expect(await store.revoke(token.id)).toBe(true);
      expect(await store.revoke(token.id)).toBe(false);
      expect(await store.revoke('unknown')).toBe(false);
      expect(await store.findByHash(token.hash)).toEqual({ ...token, revoked: true });
    });

    it('notes the last use, which never moves back', async () => {
      const token = record();
      await store.add(token);
      await store.touch(token.id, '2026-02-02T00:00:00.000Z');
      await store.touch(token.id, '2026-01-02T00:00:00.000Z');
      const found = await store.findByHash(token.hash);
      expect(found?.lastUsedAt).toBe('2026-02-02T00:00:00.000Z');
    });

    it('lists the newest first', async () => {
      const newest = record({ createdAt: '2027-01-01T00:00:00.000Z' });
      await store.add(newest);
      const [first] = await store.list();
      expect(first).toEqual(newest);
    });

    it('refuses two tokens with one hash', async () => {
      const token = record();
      await store.add(token);
      await expect(store.add({ ...token, id: freshId() })).rejects.toMatchObject({
        code: 'UNAVAILABLE',
      });
    });
  });
};
