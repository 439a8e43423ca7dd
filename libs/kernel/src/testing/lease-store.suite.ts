import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Lease, LeaseStore } from '../leases.ts';
import type { Opened } from './opened.ts';
import { freshName } from './waiting.ts';

const first: Lease = { holder: 'one', token: 1, beat: 0 };

/** What every store of leases promises. */
export const describeLeaseStore = (
  adapter: string,
  open: () => Promise<Opened<LeaseStore>>,
): void => {
  describe(`LeaseStore: ${adapter}`, () => {
    let opened: Opened<LeaseStore>;
    let leases: LeaseStore;
    beforeAll(async () => {
      opened = await open();
      leases = opened.port;
    });
    afterAll(() => opened.close());

    it('knows nothing of a lease that nobody ever held', async () => {
      await expect(leases.read(freshName('lease'))).resolves.toBeUndefined();
    });

    it('gives back what was put, and only where the expected stands puts the next', async () => {
      const name = freshName('lease');
      const second = { holder: 'two', token: 2, beat: 0 };
      await expect(leases.swap(name, undefined, first)).resolves.toBe(true);
      await expect(leases.read(name)).resolves.toEqual(first);
      await expect(leases.swap(name, first, second)).resolves.toBe(true);
      await expect(leases.swap(name, first, { ...first, token: 3 })).resolves.toBe(false);
      await expect(leases.read(name)).resolves.toEqual(second);
    });

    it('takes holder, token and beat for what is expected', async () => {
      const name = freshName('lease');
      const next = { ...first, beat: 7 };
      await leases.swap(name, undefined, first);
      for (const other of [{ holder: 'x' }, { token: 9 }, { beat: 1 }])
        await expect(leases.swap(name, { ...first, ...other }, next)).resolves.toBe(false);
      await expect(leases.swap(name, undefined, next)).resolves.toBe(false);
      await expect(leases.read(name)).resolves.toEqual(first);
    });

    it('expects in vain where nothing stands', async () => {
      const name = freshName('lease');
      await expect(leases.swap(name, first, { ...first, beat: 1 })).resolves.toBe(false);
      await expect(leases.read(name)).resolves.toBeUndefined();
    });

    it('lets one of many win, at the beginning and later', async () => {
      const name = freshName('lease');
      const everybody = async (expected: Lease | undefined, token: number): Promise<Lease> => {
        const rivals = Array.from({ length: 12 }, (_, n) => ({ holder: `h${n}`, token, beat: 0 }));
        const won = await Promise.all(rivals.map((next) => leases.swap(name, expected, next)));
        expect(won.filter(Boolean)).toHaveLength(1);
        const winner = rivals[won.indexOf(true)]!;
        await expect(leases.read(name)).resolves.toEqual(winner);
        return winner;
      };
      const holder = await everybody(undefined, 1);
      await everybody(holder, 2);
    });

    it('keeps the leases of different names apart, whatever they are called', async () => {
      const names = ['lease', 'lease/1', 'LEASE', 'ля.$'].map((kind) => freshName(kind));
      for (const [token, name] of names.entries())
        await expect(leases.swap(name, undefined, { ...first, token })).resolves.toBe(true);
      for (const [token, name] of names.entries())
        await expect(leases.read(name)).resolves.toEqual({ ...first, token });
    });

    it('still knows them when it is opened again', async () => {
      if (!opened.reopen) return;
      const name = freshName('lease');
      await leases.swap(name, undefined, first);
      leases = await opened.reopen();
      await expect(leases.read(name)).resolves.toEqual(first);
      await expect(leases.swap(name, first, { ...first, beat: 1 })).resolves.toBe(true);
    });
  });
};
