import { Api } from '../api/api.ts';
import { connectionOf, type Connection, type ConnectionOptions } from '../config.ts';
import { Screen } from '../show/screen.ts';
import type { World } from '../world.ts';

export interface CommonOptions extends ConnectionOptions {
  readonly json?: boolean;
}

/** What every command works with. */
export interface Context {
  readonly api: Api;
  readonly connection: Connection;
  readonly screen: Screen;
  readonly world: World;
}

/** A command: gives the exit code, or throws a Fault. */
export type Command = (context: Context) => Promise<number>;

/** Runs a command and closes its connections. @throws what the command throws */
export const withContext = async (
  world: World,
  options: CommonOptions,
  command: Command,
): Promise<number> => {
  const connection = await connectionOf(options, world);
  const api = new Api(connection);
  const screen = new Screen(world, options.json === true);
  try {
    return await command({ api, connection, screen, world });
  } finally {
    await api.close();
  }
};
