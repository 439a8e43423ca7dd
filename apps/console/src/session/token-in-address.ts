import { tokenKeeper } from '../api/token-keeper.ts';

const TOKEN = /^#token=([\w-]{1,200})$/;

/** Signs in whoever comes with `#token=…`, as the greeting of a first start gives it, and takes it out of the address. */
export const takeTokenFromAddress = (): void => {
  const token = TOKEN.exec(location.hash)?.[1];
  if (token === undefined) return;
  if (tokenKeeper.get() === null) tokenKeeper.keep(token, { remembered: false });
  history.replaceState(history.state, '', location.pathname + location.search);
};
