import { createInterface } from 'node:readline/promises';
import type { Bot, BotRegistered } from '../api/shapes.ts';
import { EXIT, WrongUsage } from '../faults.ts';
import { table } from '../show/table.ts';
import { number, plain, shortened } from '../show/words.ts';
import type { World } from '../world.ts';
import type { Command } from './context.ts';

const COLUMNS = [
  { head: 'ID' },
  { head: 'CHANNEL' },
  { head: 'NAME' },
  { head: 'RATE/S', align: 'right' as const },
  { head: 'CREDENTIALS' },
  { head: 'API' },
  { head: 'FORWARDS TO' },
];

const botsText = (bots: readonly Bot[]): string =>
  table(
    COLUMNS,
    bots.map(({ id, channel, name, rate, credentials, apiUrl, forwardTo }) => [
      plain(id),
      channel,
      shortened(name, 32),
      number(rate),
      credentials.join(', '),
      apiUrl ?? '',
      forwardTo ?? '',
    ]),
  );

/** `crier bots`. */
export const listBots: Command = async ({ api, screen }) => {
  const { items } = await api.get<{ readonly items: readonly Bot[] }>('/v1/bots');
  screen.text(items.length === 0 ? 'No bots yet: crier bots add ID' : botsText(items));
  screen.document({ items });
  return EXIT.ok;
};

export interface BotOptions {
  readonly channel: string;
  readonly name?: string;
  readonly rate?: string;
  readonly apiUrl?: string;
  readonly forwardTo?: string;
  readonly credential?: readonly string[];
  readonly madeUp?: boolean;
}

const pairOf = (text: string): readonly [string, string] => {
  const at = text.indexOf('=');
  if (at < 1) throw new WrongUsage('--credential must be NAME=VALUE.');
  return [text.slice(0, at), text.slice(at + 1)];
};

/** A secret does not belong on a command line: it stays in the shell's history. */
const askedToken = async ({
  stdin,
  stderr,
  isInteractive,
  environment,
}: World): Promise<string> => {
  const known = environment['CRIER_BOT_TOKEN'];
  if (known !== undefined && known !== '') return known;
  const lines = createInterface({ input: stdin, output: isInteractive ? stderr : undefined });
  try {
    if (isInteractive) return (await lines.question("The bot's token: ")).trim();
    for await (const line of lines) if (line.trim() !== '') return line.trim();
  } finally {
    lines.close();
  }
  throw new WrongUsage("Give the bot's token on standard input, or as CRIER_BOT_TOKEN.");
};

type Credentials = Readonly<Record<string, string>>;

const credentialsOf = async (
  credential: readonly string[],
  madeUp: boolean,
  world: World,
): Promise<{ readonly credentials?: Credentials }> => {
  if (credential.length > 0) return { credentials: Object.fromEntries(credential.map(pairOf)) };
  return madeUp ? {} : { credentials: { token: await askedToken(world) } };
};

const secretsText = (secrets: Credentials): string =>
  ['Made up, and not shown again; set it on the other side now:']
    .concat(Object.entries(secrets).map(([name, secret]) => `  ${plain(name)}=${plain(secret)}`))
    .join('\n');

/** `crier bots add ID`: registers a bot, or changes it. */
export const addBot =
  (id: string, { rate, credential = [], madeUp = false, ...bot }: BotOptions): Command =>
  async ({ api, screen, world }) => {
    const body = {
      ...bot,
      ...(await credentialsOf(credential, madeUp, world)),
      ...(rate === undefined ? {} : { rate: Number(rate) }),
    };
    const path = `/v1/bots/${encodeURIComponent(id)}`;
    const added = await api.write<BotRegistered>('PUT', path, { body });
    screen.text(botsText([added]));
    if (added.secrets) screen.text(secretsText(added.secrets));
    screen.document(added);
    return EXIT.ok;
  };

/** `crier bots remove ID`. */
export const removeBot =
  (id: string, { yes }: { readonly yes?: boolean }): Command =>
  async ({ api, screen }) => {
    const isAgreed = yes === true || (await screen.isAgreed(`Forget ${id} and its credentials?`));
    if (isAgreed) await api.write('DELETE', `/v1/bots/${encodeURIComponent(id)}`);
    screen.text(isAgreed ? `Forgot ${id}.` : 'Nothing was changed.');
    screen.document({ id, removed: isAgreed });
    return EXIT.ok;
  };
