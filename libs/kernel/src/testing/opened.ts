/** An adapter that was opened for a contract suite. */
export interface Opened<Port> {
  readonly port: Port;
  /** Lets go of everything, the data too. */
  readonly close: () => Promise<void>;
  /** Closes and opens the same data again; absent where nothing outlives the adapter. */
  readonly reopen?: () => Promise<Port>;
}
