import { describe, expect, it } from '@jest/globals';
import { TopicMismatch } from '../errors.ts';
import { missingTopics } from './set-up-topics.ts';
import { configOf, type TopicSpec } from './topic-config.ts';

const spec = (name: string, partitions = 16): TopicSpec => ({
  ...{ name, partitions },
  ...{ compacted: false, replicationFactor: 3 },
});

describe('the setup of topics', () => {
  it('makes what is missing and leaves the rest', () => {
    const existing = new Map([['commands', 16]]);
    const missing = missingTopics([spec('commands'), spec('lifecycle')], existing);
    expect(missing.map(({ name }) => name)).toEqual(['lifecycle']);
  });

  it('refuses another number of partitions, naming topic and numbers', () => {
    const existing = new Map([['commands', 8]]);
    const act = () => missingTopics([spec('commands'), spec('lifecycle')], existing);
    expect(act).toThrow(TopicMismatch);
    expect(act).toThrow('commands has 8, not 16');
  });

  it('keeps the newest value of every key of a table, and little else', () => {
    const config = configOf({ compacted: true, replicationFactor: 1 });
    expect(config).toMatchObject({ 'cleanup.policy': 'compact', 'segment.ms': '3600000' });
    expect(config['retention.ms']).toBeUndefined();
  });

  it('keeps a log for its time, a week by default', () => {
    const log = { compacted: false, replicationFactor: 1 };
    const retentionOf = (other: object) => configOf({ ...log, ...other })['retention.ms'];
    expect(retentionOf({})).toBe(String(7 * 24 * 3_600_000));
    expect(retentionOf({ retentionMs: 5_000 })).toBe('5000');
  });

  it('asks for two copies of what is stored where there are three', () => {
    const copiesOf = (replicationFactor: number) =>
      configOf({ compacted: false, replicationFactor })['min.insync.replicas'];
    expect([copiesOf(1), copiesOf(3)]).toEqual([undefined, '2']);
  });
});
