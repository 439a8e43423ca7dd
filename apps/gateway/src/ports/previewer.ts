import type { ButtonKind, Channel, Element, VariableValue } from '@crier/contracts';

/** One message as a person would see it. */
export interface PreviewPart {
  readonly type: string;
  readonly text: string;
  readonly buttons: readonly { readonly kind: ButtonKind; readonly label: string }[];
}

/** Shows content as a channel would. */
export abstract class Previewer {
  /** What a person with these variables would see on a channel, in order. */
  abstract preview(
    channel: Channel,
    elements: readonly Element[],
    variables: Readonly<Record<string, VariableValue>>,
  ): Promise<readonly PreviewPart[]>;
  /** How many messages a recipient gets. */
  abstract parts(channel: Channel, elements: readonly Element[]): Promise<number>;
}
