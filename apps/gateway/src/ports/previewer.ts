import type { ButtonKind, Channel, Element, VariableValue } from '@crier/contracts';

/** One message as a person would see it. */
export interface PreviewPart {
  readonly type: string;
  readonly text: string;
  readonly buttons: readonly { readonly kind: ButtonKind; readonly label: string }[];
}

/** Shows content as a channel would. */
export abstract class Previewer {
  /** The messages that the elements become on a channel for a person with these variables, in order: as many as would be sent. */
  abstract preview(
    channel: Channel,
    elements: readonly Element[],
    variables: Readonly<Record<string, VariableValue>>,
  ): Promise<readonly PreviewPart[]>;
}
