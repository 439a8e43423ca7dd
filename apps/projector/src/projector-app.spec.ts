import type { ProjectorStatus } from '@crier/statistics';
import { describe, expect, it } from '@jest/globals';
import { ProjectorApp, type Projecting } from './index.ts';

const projecting = (status: ProjectorStatus, told: string[] = []): Projecting => {
  const tell = (what: string) => (): Promise<void> => {
    told.push(what);
    return Promise.resolve();
  };
  return {
    start: tell('start'),
    stop: tell('stop'),
    rebuild: tell('rebuild'),
    status: () => status,
  };
};

describe('ProjectorApp', () => {
  it('is ready while it folds, and not before nor where it stands still', async () => {
    const readyWhen = async (state: ProjectorStatus['state']) =>
      (await new ProjectorApp(projecting({ state })).health()).ready;
    await expect(readyWhen('running')).resolves.toBe(true);
    await expect(readyWhen('idle')).resolves.toBe(false);
    await expect(readyWhen('stopped')).resolves.toBe(false);
  });

  it('starts, rebuilds and stops what folds', async () => {
    const told: string[] = [];
    const app = new ProjectorApp(projecting({ state: 'running' }, told));
    await app.start();
    await app.rebuild();
    await app.stop();
    expect(told).toEqual(['start', 'rebuild', 'stop']);
  });
});
