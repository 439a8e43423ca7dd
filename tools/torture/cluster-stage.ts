import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Cluster, type Copies } from '../cluster/cluster.ts';
import { setStage, Stage } from './stage.ts';

export interface ClusterStageOptions {
  readonly copies?: Copies;
  readonly env?: Readonly<Record<string, string>>;
  /** Moves the ports of the servers; what runs at the same time needs another. */
  readonly offset?: number;
}

/** Ports beside the usual ones, so that a run disturbs nobody. */
const PORT_OFFSET = 700;

/** Crier as many processes, supervised, on servers of its own. */
export class ClusterStage extends Stage {
  readonly cluster: Cluster;

  private constructor(parts: Awaited<ReturnType<typeof setStage>>, cluster: Cluster) {
    super(parts, cluster.url);
    this.cluster = cluster;
  }

  static async open(name: string, options: ClusterStageOptions = {}): Promise<ClusterStage> {
    const parts = await setStage(name);
    const { directory, token, sandboxApp } = parts;
    const cluster = await Cluster.start({
      root: join(directory, 'cluster'),
      offset: options.offset ?? PORT_OFFSET,
      port: 0,
      sandboxUrl: sandboxApp.url,
      demo: false,
      supervised: true,
      adminToken: token,
      ...(options.copies ? { copies: options.copies } : {}),
      env: { CRIER_SPEED_CEILING: '100000', ...options.env },
    });
    return new ClusterStage(parts, cluster);
  }

  async close(keep: boolean): Promise<void> {
    await this.cluster.stop();
    await this.sandboxApp.end('SIGTERM');
    this.sandboxApp.closeLog();
    if (!keep) await rm(this.directory, { recursive: true, force: true });
  }
}
