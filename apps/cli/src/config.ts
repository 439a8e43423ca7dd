import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { WrongUsage } from './faults.ts';
import type { World } from './world.ts';

export const DEFAULT_URL = 'http://127.0.0.1:8080';

export interface ConnectionOptions {
  readonly url?: string;
  readonly token?: string;
}

export interface Connection {
  /** Without a slash at the end. */
  readonly url: string;
  readonly token: string | undefined;
  /** Where the token came from, for people. */
  readonly tokenSource: string;
}

/** The data directory of a standalone Crier on this machine. */
export const dataDirectory = ({ environment, directory }: World): string =>
  resolve(directory, environment['CRIER_DATA'] ?? './data');

const tokenInFile = async (file: string): Promise<string | undefined> => {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text.trim() === '' ? undefined : text.trim();
};

const checkedUrl = (text: string): string => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol))
    throw new WrongUsage(
      `"${text}" is no http address; give --url ${DEFAULT_URL} or set CRIER_URL.`,
    );
  return text.replace(/\/+$/, '');
};

/** Where the server is and who asks: from options, else the environment, else what standalone left behind. @throws WrongUsage */
export const connectionOf = async (
  options: ConnectionOptions,
  world: World,
): Promise<Connection> => {
  const { environment } = world;
  const url = checkedUrl(options.url ?? environment['CRIER_URL'] ?? DEFAULT_URL);
  if (options.token !== undefined) return { url, token: options.token, tokenSource: '--token' };
  const fromEnvironment = environment['CRIER_TOKEN'];
  if (fromEnvironment !== undefined && fromEnvironment !== '')
    return { url, token: fromEnvironment, tokenSource: 'CRIER_TOKEN' };
  const file = join(dataDirectory(world), 'admin-token');
  return { url, token: await tokenInFile(file), tokenSource: file };
};
