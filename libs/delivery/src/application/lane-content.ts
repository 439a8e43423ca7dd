import type { Bot } from '@crier/audience';
import type { Compiled } from '@crier/connector';
import type { Element } from '@crier/contracts';
import { AppError } from '@crier/kernel';
import type { LaneDeps } from './lane-deps.ts';

/** The connector's names of what was uploaded. */
type Assets = Readonly<Record<string, string>>;

/** What is known of assets, and how new ones are kept. */
export interface AssetStore {
  readonly known: Assets;
  readonly keep: (assets: Assets) => Promise<unknown>;
}

/** What a lane shows: checked, uploaded and compiled once, before anything leaves. */
export class LaneContent {
  readonly #deps: Pick<LaneDeps, 'connector' | 'media'>;
  readonly #refused: (code: string) => void;
  #compiled: Compiled | undefined;

  /** `refused`: the channel cannot show it; the code of the fault. */
  constructor(deps: Pick<LaneDeps, 'connector' | 'media'>, refused: (code: string) => void) {
    this.#deps = deps;
    this.#refused = refused;
  }

  get compiled(): Compiled | undefined {
    return this.#compiled;
  }

  /** @throws AppError what may pass: prepare it again then */
  async prepare(bot: Bot, elements: readonly Element[], assets: AssetStore): Promise<void> {
    // Others judge content by what was announced; only the connector knows it all.
    const [problem] = this.#deps.connector.check(elements);
    if (problem) {
      this.#refused(problem.code);
      return;
    }
    try {
      this.#compiled = await this.#upload(bot, elements, assets);
    } catch (error) {
      if (!(error instanceof AppError) || error.verdict === 'retry') throw error;
      this.#refused(error.code);
    }
  }

  /** How many requests one person takes, prepared or not. */
  partsOf(elements: readonly Element[], assets: Assets): number {
    return (this.#compiled ?? this.#deps.connector.compile(elements, assets)).parts;
  }

  async #upload(
    bot: Bot,
    elements: readonly Element[],
    { known, keep }: AssetStore,
  ): Promise<Compiled> {
    const { connector, media } = this.#deps;
    const assets = await connector.prepare(bot, elements, media, known);
    if (Object.keys(assets).some((name) => known[name] !== assets[name])) await keep(assets);
    return connector.compile(elements, assets);
  }
}
