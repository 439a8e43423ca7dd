/** A message whose partition is chosen and whose value is text already. */
export interface WrittenMessage {
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  readonly value: string;
  /** The topic is a table: only the newest message of a key stays. */
  readonly tabled: boolean;
}

/** What the bus asks its writer to store. */
export type MessageRequest =
  | {
      readonly kind: 'publish';
      readonly messages: readonly WrittenMessage[];
      readonly atMs: number;
    }
  /** Fixes the number of partitions, unless the file has one already. */
  | { readonly kind: 'found'; readonly partitions: number }
  /** Makes a group known, so that what it has not read is kept for it. */
  | { readonly kind: 'join'; readonly group: string; readonly topic: string }
  | {
      readonly kind: 'acknowledge';
      readonly group: string;
      readonly topic: string;
      readonly partition: number;
      /** The offset after the last one dealt with. */
      readonly next: number;
    }
  | {
      readonly kind: 'tidy';
      /** What every known group has acknowledged goes, if it is older. So do removed keys. */
      readonly readBeforeMs: number;
      /** What no group has ever asked for goes, if it is older. */
      readonly unreadBeforeMs: number;
    };
