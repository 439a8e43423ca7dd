import { describe, expect, it } from '@jest/globals';
import type { SendResult } from '../connector.ts';
import { someTarget } from './content.suite.ts';
import { acceptedIn, type Stage } from './stage.ts';

const FEW = 4;
const WORDS = [{ type: 'text', text: 'Hi {{first_name | friend}}' }] as const;

/** What every connector promises about messages that are sent in one turn. */
export const batchSuite = (stage: Stage): void => {
  const { facts } = stage;
  const { equal, different } = facts.batch ?? { equal: 1, different: 1 };
  const people = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => facts.addressOf(index));
  const sendTo = (
    addresses: readonly string[],
    nameOf: (index: number) => string = () => 'all',
  ): Promise<readonly SendResult[]> => {
    const compiled = stage.connector.compile(WORDS, {});
    const letters = addresses.map((address, index) => ({
      address,
      part: compiled.render(someTarget(address, { first_name: nameOf(index) }))[0]!,
    }));
    return Promise.all(
      letters.map(({ address, part }) => stage.connector.send(stage.sender, address, part)),
    );
  };
  /** What everybody is to be answered, by what the sandbox recorded. */
  const recordedFor = async (addresses: readonly string[]): Promise<readonly SendResult[]> => {
    const recorded = acceptedIn(await stage.record());
    const ids = new Map(recorded.map(({ chat, messageId }) => [String(chat), String(messageId)]));
    expect(recorded).toHaveLength(addresses.length);
    return addresses.map((address) => ({ result: 'accepted', id: ids.get(address) ?? '' }));
  };
  const all = (count: number, result: SendResult): readonly SendResult[] =>
    Array.from({ length: count }, () => result);

  describe('messages of one turn', () => {
    it('are no more in a call than is announced', () => {
      expect(stage.connector.batch).toBe(Math.max(equal, different));
    });

    it(`leave by ${equal} in a call where they are equal, and everybody has theirs once`, async () => {
      const addresses = people(equal + 1);
      const results = await sendTo(addresses);
      expect(results).toEqual(await recordedFor(addresses));
      await expect(stage.loads()).resolves.toEqual([equal, 1]);
    });

    it(`leave by ${different} in a call where they differ, and are kept apart`, async () => {
      const addresses = people(different + 1);
      const nameOf = (index: number): string => `Ann${index}x`;
      const results = await sendTo(addresses, nameOf);
      expect(results).toEqual(await recordedFor(addresses));
      await expect(stage.loads()).resolves.toEqual([different, 1]);
      for (const [index, address] of addresses.entries())
        expect(JSON.stringify(await stage.received(address))).toContain(`Hi ${nameOf(index)}`);
    });

    it('are refused for one who blocks the bot, and reach the others', async () => {
      const [first, gone, ...others] = people(FEW);
      await stage.trouble({ kind: 'blocked' }, { address: gone! });
      const [one, refused, ...rest] = await sendTo(people(FEW));
      expect(refused).toMatchObject({ result: 'gone' });
      expect([one, ...rest]).toEqual(await recordedFor([first!, ...others]));
    });

    it('are refused to all where the bot is stopped', async () => {
      await stage.trouble({ kind: 'unauthorized' });
      const results = await sendTo(people(FEW));
      expect(results).toEqual(all(FEW, { result: 'bot_stopped', reason: 'unauthorized' }));
      await expect(recordedFor([])).resolves.toEqual([]);
    });

    it.each([
      ['reset_before', 0],
      ['reset_after', FEW],
    ])(
      'are all in doubt after %s, which their keys end where repeats are dropped',
      async (kind, arrived) => {
        const { idempotent } = stage.connector.capabilities;
        await stage.trouble({ kind }, { times: FEW });
        const results = await sendTo(people(FEW));
        expect(results).toEqual(all(FEW, { result: 'unknown', reason: 'reset' }));
        await recordedFor(people(arrived));
        const again = await sendTo(people(FEW));
        expect(new Set(again.map(({ result }) => result))).toEqual(new Set(['accepted']));
        const recorded = acceptedIn(await stage.record());
        expect(recorded).toHaveLength(idempotent ? FEW : FEW + arrived);
      },
    );
  });
};
