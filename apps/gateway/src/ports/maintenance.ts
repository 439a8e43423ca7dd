/** What an independent fold of one broadcast's events says about its read models. */
export interface Verified {
  readonly id: string;
  readonly ok: boolean;
  readonly differences: readonly string[];
}

/** The upkeep of the read models. */
export abstract class Maintenance {
  /** Folds everything anew beside what serves; resolves when it has taken over. @throws RebuildRunning */
  abstract rebuild(): Promise<void>;
  /** Proves the sums of every broadcast from its events alone. */
  abstract verify(): Promise<readonly Verified[]>;
}
