import type { RenderTarget } from '@crier/connector';
import type { Button } from '@crier/contracts';
import type { InlineKeyboardButton } from '@grammyjs/types';

/** The field of a request that holds its buttons, one in a row; nothing where there are none. */
export type KeyboardTemplate = (target: RenderTarget) => string;

/** What `callback_data` starts with where the rest is a ref of Crier's. */
export const REF_PREFIX = 'c:';

type Field = keyof InlineKeyboardButton.UrlButton | keyof InlineKeyboardButton.CallbackButton;

const buttonHead = (label: string, field: Field): string =>
  `{"text":${JSON.stringify(label)},"${field}":`;

const buttonTemplate = (button: Button, number: number): KeyboardTemplate => {
  if (button.kind === 'message') {
    const head = buttonHead(button.label, 'callback_data');
    return (target) => `${head}${JSON.stringify(REF_PREFIX + target.refOf(number))}}`;
  }
  const head = buttonHead(button.label, 'url');
  return (target) => `${head}${JSON.stringify(target.linkOf(number))}}`;
};

/** Prepares buttons; `first` is the number of the first one in the whole content. */
export const keyboardTemplate = (buttons: readonly Button[], first: number): KeyboardTemplate => {
  if (buttons.length === 0) return () => '';
  const templates = buttons.map((button, index) => buttonTemplate(button, first + index));
  return (target) => {
    let rows = '';
    for (const template of templates) rows += `${rows === '' ? '' : ','}[${template(target)}]`;
    return `"reply_markup":{"inline_keyboard":[${rows}]}`;
  };
};
