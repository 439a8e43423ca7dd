import type { Route } from '@crier/contracts';
import { isObject, type Problems } from './filter-problems.ts';

const MAX_BOTS = 50;
const MAX_ID = 256;

const readBots = (bots: readonly unknown[], problems: Problems): readonly string[] => {
  const seen = new Set<string>();
  for (const [index, bot] of bots.slice(0, MAX_BOTS).entries()) {
    const path = `route.bots[${index}]`;
    if (typeof bot !== 'string' || bot === '' || bot.length > MAX_ID) {
      problems.add(path, 'ROUTE_BOT_INVALID', 'Write the id of a bot here.');
    } else if (seen.has(bot)) {
      problems.add(path, 'ROUTE_BOT_REPEATED', 'Name each bot once; remove this one.');
    } else {
      seen.add(bot);
    }
  }
  return [...seen];
};

/** A route of any JSON: `main`, or 1–50 distinct bot ids in the operator's order. Undefined with a problem noted. */
export const readRoute = (json: unknown, problems: Problems): Route | undefined => {
  if (json === 'main') return 'main';
  if (!isObject(json) || !Array.isArray(json.bots)) {
    problems.add('route', 'ROUTE_INVALID', 'Write "main" or {"bots": ["id", …]}.');
    return undefined;
  }
  for (const key of Object.keys(json).filter((one) => one !== 'bots')) {
    problems.add(
      `route.${key.slice(0, 64)}`,
      'ROUTE_UNKNOWN_KEY',
      'Remove this key; known here: bots.',
    );
  }
  const { bots } = json;
  if (bots.length < 1 || bots.length > MAX_BOTS) {
    problems.add('route.bots', 'ROUTE_BOTS_COUNT', `Choose between 1 and ${MAX_BOTS} bots.`);
  }
  return { bots: readBots(bots, problems) };
};
