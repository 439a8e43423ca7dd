import type { AdminFields } from './admin-fields.ts';
import { NotThere } from './errors.ts';
import type { Params } from './telegram-methods/method.ts';

/** How a channel's messages are looked into. */
export interface Looking<Message> {
  readonly idOf: (message: Message) => string;
  /** All its buttons, in order. */
  readonly buttonsOf: (message: Message) => readonly Params[];
}

/**
 * The button of this number, of the message of this id or of the last one that has any. @throws BadInput naming the field;
 * NotThere when message or button do not exist.
 */
export const chosenButton = <Message>(
  messages: readonly Message[],
  fields: AdminFields,
  { idOf, buttonsOf }: Looking<Message>,
): Params => {
  const id = fields.optionalText('messageId');
  const message =
    id === undefined
      ? messages.findLast((each) => buttonsOf(each).length > 0)
      : messages.find((each) => idOf(each) === id);
  if (message === undefined) throw new NotThere('the chat has no such message (or no longer)');
  const button = buttonsOf(message)[fields.integer('button', 0)];
  if (button === undefined) throw new NotThere('the message has no such button');
  return button;
};
