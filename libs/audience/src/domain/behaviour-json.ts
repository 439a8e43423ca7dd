import type { Behaviour, Deed } from '@crier/contracts';
import { isObject, type Problems } from './filter-problems.ts';
import { readDays, readText } from './filter-values.ts';

type Fields = Readonly<Record<string, unknown>>;

const DEEDS: readonly Deed[] = ['sent', 'delivered', 'opened', 'clicked', 'ordered'];
const KEYS = ['did', 'button', 'broadcast', 'lastDays'];
const MOST_BUTTON = 9_999;

const readDeed = ({ did }: Fields, path: string, problems: Problems): Deed | undefined => {
  const known = DEEDS.find((one) => one === did);
  if (!known)
    problems.add(`${path}.did`, 'FILTER_BEHAVIOUR_UNKNOWN', `Use one of ${DEEDS.join(', ')}.`);
  return known;
};

const readButton = ({ did, button }: Fields, path: string, problems: Problems): void => {
  if (button === undefined) return;
  const where = `${path}.button`;
  const isIndex = typeof button === 'number' && Number.isInteger(button) && button >= 0;
  if (!isIndex || button > MOST_BUTTON) {
    problems.add(
      where,
      'FILTER_BUTTON_INVALID',
      'Write the number of a button as the report has it; the first is 0.',
    );
  } else if (did !== 'clicked') {
    problems.add(
      where,
      'FILTER_BUTTON_MISPLACED',
      'Remove it, or ask for {"did": "clicked"}: only clicks are of a button.',
    );
  }
};

const readWhere = (json: Fields, path: string, problems: Problems): void => {
  const { broadcast, lastDays } = json;
  if ((broadcast === undefined) === (lastDays === undefined)) {
    problems.add(
      path,
      'FILTER_BEHAVIOUR_WHERE',
      'Name either one broadcast, {"broadcast": id}, or all of the last days, {"lastDays": 30}.',
    );
  } else if (broadcast === undefined) readDays(lastDays, `${path}.lastDays`, problems);
  else readText(broadcast, `${path}.broadcast`, problems);
};

const noUnknownKeys = (json: Fields, path: string, problems: Problems): void => {
  for (const key of Object.keys(json).filter((one) => !KEYS.includes(one))) {
    problems.add(
      `${path}.${key.slice(0, 64)}`,
      'FILTER_UNKNOWN_KEY',
      `Remove this key; known here: ${KEYS.join(', ')}.`,
    );
  }
};

/** A behaviour of any JSON; undefined, or at least a problem noted, where it is none. */
export const readBehaviour = (
  json: unknown,
  path: string,
  problems: Problems,
): Behaviour | undefined => {
  if (!isObject(json)) {
    problems.add(
      path,
      'FILTER_BEHAVIOUR_INVALID',
      'Write {"did": "opened", "broadcast": id} or {"did": "opened", "lastDays": 30}.',
    );
    return undefined;
  }
  noUnknownKeys(json, path, problems);
  const did = readDeed(json, path, problems);
  readButton(json, path, problems);
  readWhere(json, path, problems);
  if (did === undefined) return undefined;
  // Checked above; what is wrong was noted and refuses the whole filter.
  const { button, broadcast, lastDays } = json as unknown as Behaviour;
  return {
    did,
    ...(button === undefined ? {} : { button }),
    ...(broadcast === undefined ? {} : { broadcast }),
    ...(lastDays === undefined ? {} : { lastDays }),
  };
};
