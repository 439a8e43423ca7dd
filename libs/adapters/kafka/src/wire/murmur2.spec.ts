import { describe, expect, it } from '@jest/globals';
import { Partitioners } from 'kafkajs';
import { murmur2, partitionOf } from './murmur2.ts';

const hashOf = (text: string): number => murmur2(Buffer.from(text, 'utf8'));

describe('murmur2', () => {
  it('is the hash of Kafka’s own clients', () => {
    const known: Readonly<Record<string, number>> = {
      '21': -973932308,
      foobar: -790332482,
      'a-little-bit-long-string': -985981536,
      'a-little-bit-longer-string': -1486304829,
      lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8: -58897971,
      abc: 479470107,
    };
    for (const [text, hash] of Object.entries(known))
      expect([text, hashOf(text)]).toEqual([text, hash]);
  });

  it('chooses the partition that the client library chooses', () => {
    const choose = Partitioners.DefaultPartitioner();
    const partitionMetadata = Array.from({ length: 16 }, (_, partitionId) => {
      const nodes = { leader: 1, isr: [1], replicas: [1] };
      return { partitionId, partitionErrorCode: 0, ...nodes };
    });
    for (let n = 0; n < 500; n += 1) {
      const key = `ключ-${n.toString(36)}`.slice(0, 4 + (n % 9));
      const theirs = choose({ topic: 't', partitionMetadata, message: { key, value: '' } });
      expect(partitionOf(key, 16)).toBe(theirs);
    }
  });
});
