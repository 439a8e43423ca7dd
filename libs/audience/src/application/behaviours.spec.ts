import type { Behaviour } from '@crier/contracts';
import { describe, expect, it } from '@jest/globals';
import { behaviourKey } from '../domain/behaviours.ts';
import { textsOf } from '../domain/contact-ids.ts';
import { NOW } from '../testing/world.ts';
import { ReadBehaviours, resolved, type BehaviourSource } from './behaviours.ts';

const [ann, bob] = ['ann-------------', 'bob-------------'];

const statistics = (position?: string): BehaviourSource & { readonly questions: Behaviour[] } => {
  const questions: Behaviour[] = [];
  return {
    questions,
    async *whoDid(asked) {
      questions.push(asked);
      yield await Promise.resolve(asked.did === 'sent' ? [bob, ann] : []);
    },
    progress: () =>
      Promise.resolve([
        { position: '99', rebuilding: true },
        { position, rebuilding: false },
      ]),
  };
};

describe('resolved', () => {
  const sent = { did: 'sent', lastDays: 3 } as const;
  const opened = { did: 'opened', lastDays: 3 } as const;

  it('looks up each behaviour of a filter once, wherever it stands', async () => {
    const source = statistics();
    const filter = {
      all: [{ behaviour: sent }, { none: [{ any: [{ behaviour: opened }, { behaviour: sent }] }] }],
    };
    const audience = await resolved(new ReadBehaviours(source), { filter, route: 'main' }, NOW);
    expect(source.questions).toEqual([sent, opened]);
    expect(textsOf(audience.doers?.[behaviourKey(sent)] ?? { packed: new Uint8Array() })).toEqual([
      ann,
      bob,
    ]);
    expect(Object.keys(audience.doers ?? {})).toHaveLength(2);
  });

  it('asks nobody about an audience without behaviours', async () => {
    const source = statistics();
    const audience = { filter: { tag: 'vip' }, route: 'main' } as const;
    await expect(resolved(new ReadBehaviours(source), audience, NOW)).resolves.toBe(audience);
    expect(source.questions).toEqual([]);
  });
});

describe('ReadBehaviours', () => {
  it.each([
    ['9', true],
    ['10', true],
    ['11', false],
  ])('counts up to %s where it has come to 10: %s', async (position, isPast) => {
    await expect(new ReadBehaviours(statistics('10')).isPast(position)).resolves.toBe(isPast);
  });

  it('counts nothing before anything serves', async () => {
    await expect(new ReadBehaviours(statistics()).isPast('0')).resolves.toBe(false);
  });
});
