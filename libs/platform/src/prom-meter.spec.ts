import { beforeEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { HealthModule } from './health.ts';
import { CheckedReadiness } from './checked-readiness.ts';
import { PromMeter } from './prom-meter.ts';

describe('metrics for Prometheus', () => {
  let registry: Registry;
  let meter: PromMeter;
  beforeEach(() => {
    registry = new Registry();
    meter = new PromMeter(registry);
  });

  it('counts, from zero where that was told', async () => {
    const labels = { channel: 'telegram', bot: 'shop' };
    meter.count('crier_outcomes_total', { ...labels, outcome: 'unconfirmed' }, 0);
    meter.count('crier_outcomes_total', { ...labels, outcome: 'sent' }, 5);
    const text = await registry.metrics();
    expect(text).toContain('{channel="telegram",bot="shop",outcome="unconfirmed"} 0');
    expect(text).toContain('{channel="telegram",bot="shop",outcome="sent"} 5');
  });

  it('keeps the last value of what stands', async () => {
    meter.gauge('crier_lanes', { channel: 'telegram', state: 'held' }, 2);
    meter.gauge('crier_lanes', { channel: 'telegram', state: 'held' }, 1);
    expect(await registry.metrics()).toContain('crier_lanes{channel="telegram",state="held"} 1');
  });

  it('sorts what it observes into buckets', async () => {
    meter.observe('crier_message_age_seconds', { topic: 'lifecycle' }, 0.3);
    const text = await registry.metrics();
    expect(text).toContain('crier_message_age_seconds_bucket{le="0.25",topic="lifecycle"} 0');
    expect(text).toContain('crier_message_age_seconds_bucket{le="0.5",topic="lifecycle"} 1');
  });

  it('refuses names that nobody declared', () => {
    expect(() => {
      meter.count('crier_lanes', {});
    }).toThrow(TypeError);
    expect(() => {
      meter.gauge('crier_outcomes_total', {}, 1);
    }).toThrow(TypeError);
    expect(() => {
      meter.observe('nothing_seconds', {}, 1);
    }).toThrow(TypeError);
  });
});

describe('readiness as a metric', () => {
  it('tells of each part whether it is well at the moment of asking', async () => {
    const registry = new Registry();
    const faults: string[] = [];
    const checks = {
      'event store': () => Promise.resolve(undefined),
      'read models': () => Promise.resolve(faults[0]),
    };
    HealthModule.with(new CheckedReadiness(checks), registry);
    expect(await registry.metrics()).toContain('crier_part_ready{part="read models"} 1');
    faults.push('an event cannot be applied');
    const text = await registry.metrics();
    expect(text).toContain('crier_part_ready{part="read models"} 0');
    expect(text).toContain('crier_part_ready{part="event store"} 1');
  });
});
