import { plainMethods } from './managing.ts';
import type { Method } from './method.ts';
import { sendMethods } from './sending.ts';

const byName = new Map<string, Method>(
  [...sendMethods, ...plainMethods].map((method) => [method.name.toLowerCase(), method]),
);

/** The method of this name, in any case of letters, as Telegram takes it. */
export const findMethod = (name: string): Method | undefined =>
  byName.get(name) ?? byName.get(name.toLowerCase());
