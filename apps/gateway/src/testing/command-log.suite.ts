import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshId } from '@crier/kernel';
import type { CommandEntry, CommandLog } from '../ports/command-log.ts';
import type { Opened } from './token-store.suite.ts';

const entry = (more: Partial<CommandEntry> = {}): CommandEntry => ({
  id: freshId(),
  tokenId: 'token',
  fingerprint: 'abc',
  askedAt: '2026-01-02T00:00:00.000Z',
  ...more,
});

/** What every command log promises. */
export const describeCommandLog = (
  adapter: string,
  open: () => Promise<Opened<CommandLog>>,
): void => {
  describe(`CommandLog: ${adapter}`, () => {
    let log: CommandLog;
    let close: () => Promise<void>;
    beforeAll(async () => ({ port: log, close } = await open()));
    afterAll(() => close());

    const outcome = { accepted: true, broadcastId: 'b', revision: 3 };

    it('keeps the first of two commands with one id, and gives it back', async () => {
      const first = entry();
      expect(await log.begin(first)).toEqual(first);
      expect(await log.begin({ ...first, fingerprint: 'other' })).toEqual(first);
      expect(await log.find(first.id)).toEqual(first);
    });

    it('keeps the first outcome and the first answer', async () => {
      const command = entry();
      await log.begin(command);
      const rejection = { code: 'NOT_HELD', status: 'draft' };
      await log.settle(command.id, outcome);
      await log.settle(command.id, { ...outcome, accepted: false, rejection });
      const answer = { status: 201, headers: { etag: '"3"' }, body: { id: 'b', name: 'Ünïcödé' } };
      await log.answered(command.id, answer);
      await log.answered(command.id, { ...answer, status: 500 });
      expect(await log.find(command.id)).toEqual({ ...command, outcome, answer });
    });

    it('knows nothing of commands that nobody began', async () => {
      await log.settle('unknown', outcome);
      expect(await log.find('unknown')).toBeUndefined();
    });

    it('lets one of many begin when they come at once', async () => {
      const id = freshId();
      const fingerprints = Array.from({ length: 10 }, (_none, i) => `f${i}`);
      const kept = await Promise.all(
        fingerprints.map((fingerprint) => log.begin(entry({ id, fingerprint }))),
      );
      expect(new Set(kept.map(({ fingerprint }) => fingerprint)).size).toBe(1);
    });

    it('forgets what was asked before a moment', async () => {
      const old = entry({ askedAt: '2025-01-01T00:00:00.000Z' });
      const young = entry({ askedAt: '2026-06-01T00:00:00.000Z' });
      await log.begin(old);
      await log.begin(young);
      expect(await log.forget('2025-06-01T00:00:00.000Z')).toBe(1);
      expect(await log.find(old.id)).toBeUndefined();
      expect(await log.find(young.id)).toEqual(young);
    });
  });
};
