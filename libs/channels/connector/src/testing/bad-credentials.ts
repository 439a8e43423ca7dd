import type { Sender } from '../connector.ts';
import type { Stage } from './stage.ts';

type Row = readonly [title: string, credentials: (stage: Stage) => Sender['credentials']];

const broken = ({ sender }: Stage): Sender['credentials'] =>
  Object.fromEntries(Object.keys(sender.credentials).map((name) => [name, '\r\n/']));

/** Credentials that no bot can do anything with. */
export const badCredentials: readonly Row[] = [
  ['no credentials', () => ({})],
  ['broken ones', broken],
  ['those of a bot that nobody knows', ({ facts }) => facts.another],
];
