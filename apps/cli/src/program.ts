import { Command as Program, CommanderError } from 'commander';
import { activate, act, copy, remove, retry, watch } from './commands/acts.ts';
import type { ActivateOptions, RetryOptions } from './commands/acts.ts';
import { withContext, type Command, type CommonOptions } from './commands/context.ts';
import { doctor } from './commands/doctor.ts';
import { importContacts } from './commands/import.ts';
import { addBot, listBots, removeBot, type BotOptions } from './commands/bots.ts';
import { list, report, type ListOptions } from './commands/looks.ts';
import { send, type SendOptions } from './commands/send.ts';
import { createToken, rebuild, verify } from './commands/upkeep.ts';
import { EXIT, Fault } from './faults.ts';
import { examples } from './help.ts';
import { VERSION } from './version.ts';
import type { World } from './world.ts';

const ID = 'id, beginning of the id, or name of a broadcast';

/** Hears what was asked for; runs it once commander is done with the words. */
class Chosen {
  command: Command | undefined;
  options: CommonOptions = {};

  take(program: Program, command: Command): void {
    this.options = program.optsWithGlobals<CommonOptions>();
    this.command = command;
  }
}

const sending = (program: Program): Program =>
  program
    .option('-y, --yes', 'do not ask')
    .option('--strict', 'exit with 4 when recipients failed or are unconfirmed')
    .option('--detach', 'do not wait for the last recipient');

const addSending = (program: Program, chosen: Chosen): void => {
  sending(
    program
      .command('send')
      .description('Send the broadcast that a YAML file describes, and stay to the last recipient')
      .argument('<file>', 'a YAML file; - reads standard input')
      .option('--draft', 'only create it'),
  )
    .addHelpText('after', examples.send)
    .action((file: string, options: SendOptions, self: Program) => {
      chosen.take(self, send(file, options));
    });
  sending(
    program
      .command('activate')
      .description('Start a draft, now or at a wall time in a zone')
      .argument('<id>', ID)
      .option('--at <local>', 'a wall time such as 2026-12-01T09:00')
      .option('--zone <zone>', 'its IANA time zone'),
  )
    .addHelpText('after', examples.activate)
    .action((id: string, options: ActivateOptions, self: Program) => {
      chosen.take(self, activate(id, options));
    });
  program
    .command('import')
    .description('Import contacts from a CSV or NDJSON file')
    .argument('<file>', 'FILE.csv or FILE.ndjson')
    .option('--strict', 'exit with 4 when rows were refused')
    .addHelpText('after', examples.import)
    .action((file: string, options: { strict?: boolean }, self: Program) => {
      chosen.take(self, importContacts(file, options));
    });
};

const addLooking = (program: Program, chosen: Chosen): void => {
  program
    .command('list')
    .description('The table of broadcasts')
    .option('--status <statuses>', 'only these, with commas between them')
    .option('--name <part>', 'only names that contain this')
    .option('--channel <channel>', 'only those of this channel')
    .option('--sort <column>', 'a column; with a minus before it, downwards', '-createdAt')
    .option('--limit <n>', 'rows at most', '30')
    .addHelpText('after', examples.list)
    .action((options: ListOptions, self: Program) => {
      chosen.take(self, list(options));
    });
  program
    .command('report')
    .description('Everything about one broadcast: totals, lanes, reasons, buttons, time')
    .argument('<id>', ID)
    .addHelpText('after', examples.report)
    .action((id: string, _: object, self: Program) => {
      chosen.take(self, report(id));
    });
  program
    .command('watch')
    .description('Watch a broadcast until it is over')
    .argument('<id>', ID)
    .addHelpText('after', examples.watch)
    .action((id: string, _: object, self: Program) => {
      chosen.take(self, watch(id));
    });
};

const collected = (one: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  one,
];

const addBots = (program: Program, chosen: Chosen): void => {
  const bots = program
    .command('bots')
    .description('The bots: list them, add one, remove one')
    .addHelpText('after', examples.bots)
    .action((_: object, self: Program) => {
      chosen.take(self, listBots);
    });
  bots
    .command('add')
    .description('Register a bot, or change it; the messenger checks its token')
    .argument('<id>', 'how Crier calls the bot')
    .option('--channel <channel>', 'its messenger', 'telegram')
    .option('--name <name>', 'for people; what the messenger calls it where absent')
    .option('--rate <n>', 'messages per second of the bot')
    .option('--api-url <url>', "another address of the messenger's API")
    .option('--forward-to <url>', 'where updates go that belong to no broadcast')
    .option('--credential <name=value>', 'instead of the token; may be repeated', collected)
    .option('--made-up', 'no credentials: they are made up, and shown once, where the channel can')
    .addHelpText('after', examples.botsAdd)
    .action((id: string, options: BotOptions, self: Program) => {
      chosen.take(self, addBot(id, options));
    });
  bots
    .command('remove')
    .description('Forget a bot and its credentials')
    .argument('<id>', 'its id')
    .option('-y, --yes', 'do not ask')
    .action((id: string, options: { yes?: boolean }, self: Program) => {
      chosen.take(self, removeBot(id, options));
    });
};

const ACTS = {
  stop: 'Stop a broadcast for good: what waits becomes skipped',
  hold: 'Hold a broadcast: what waits goes on waiting',
  resume: 'Let a held broadcast go on',
} as const;

const addActing = (program: Program, chosen: Chosen): void => {
  for (const action of ['stop', 'hold', 'resume'] as const)
    program
      .command(action)
      .description(ACTS[action])
      .argument('<id>', ID)
      .addHelpText('after', examples[action])
      .action((id: string, _: object, self: Program) => {
        chosen.take(self, act(id, action));
      });
  program
    .command('retry')
    .description('Send again to those who failed, or to those nobody knows about')
    .argument('<id>', ID)
    .requiredOption('--what <outcome>', 'failed or unconfirmed')
    .option('-y, --yes', 'do not ask')
    .option('--follow', 'stay to the last recipient')
    .addHelpText('after', examples.retry)
    .action((id: string, options: RetryOptions, self: Program) => {
      chosen.take(self, retry(id, options));
    });
  program
    .command('copy')
    .description('Make a new draft out of a broadcast')
    .argument('<id>', ID)
    .option('--name <name>', 'the name of the copy')
    .addHelpText('after', examples.copy)
    .action((id: string, options: { name?: string }, self: Program) => {
      chosen.take(self, copy(id, options));
    });
  program
    .command('delete')
    .description('Delete a broadcast')
    .argument('<id>', ID)
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', examples.delete)
    .action((id: string, options: { yes?: boolean }, self: Program) => {
      chosen.take(self, remove(id, options));
    });
};

const addUpkeep = (program: Program, chosen: Chosen): void => {
  program
    .command('verify')
    .description('Prove the sums of every broadcast from its events alone')
    .addHelpText('after', examples.verify)
    .action((_: object, self: Program) => {
      chosen.take(self, verify);
    });
  program
    .command('rebuild')
    .description('Fold all read models anew from the events, beside what serves')
    .option('--no-wait', 'do not wait for its end')
    .addHelpText('after', examples.rebuild)
    .action((options: { wait: boolean }, self: Program) => {
      chosen.take(self, rebuild(options));
    });
  program
    .command('doctor')
    .description('Look for what is wrong, and say what to do about it')
    .addHelpText('after', examples.doctor)
    .action((_: object, self: Program) => {
      chosen.take(self, doctor);
    });
  program
    .command('token')
    .description('Tokens of the API')
    .command('create')
    .description('Make a token; it is shown once')
    .argument('<name>', 'who or what will use it')
    .requiredOption('--role <role>', 'operator, analyst, channel or admin')
    .addHelpText('after', examples.token)
    .action((name: string, options: { role: string }, self: Program) => {
      chosen.take(self, createToken(name, options));
    });
};

const programFor = (world: World, chosen: Chosen): Program => {
  const program = new Program('crier')
    .description('Crier in the terminal: send broadcasts, watch them, count them.')
    .version(VERSION)
    .option('--url <url>', 'address of the server (CRIER_URL, else http://127.0.0.1:8080)')
    .option('--token <token>', 'API token (CRIER_TOKEN, else <data>/admin-token)')
    .option('--json', 'print exactly one JSON document; progress goes to stderr')
    .addHelpText('after', examples.crier)
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.stdout.write(text),
      writeErr: (text) => world.stderr.write(text),
    });
  addSending(program, chosen);
  addLooking(program, chosen);
  addBots(program, chosen);
  addActing(program, chosen);
  addUpkeep(program, chosen);
  return program;
};

const complain = (world: World, fault: Fault): number => {
  world.stderr.write(`${fault.message}\n`);
  for (const line of fault.lines) world.stderr.write(`  ${line}\n`);
  return fault.exitCode;
};

/** Runs one command line, without `node` and the script. Resolves with the exit code; a bug rejects. */
export const run = async (words: readonly string[], world: World): Promise<number> => {
  const chosen = new Chosen();
  try {
    await programFor(world, chosen).parseAsync(words, { from: 'user' });
    if (chosen.command === undefined) return EXIT.usage;
    return await withContext(world, chosen.options, chosen.command);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof Fault) return complain(world, error);
    throw error;
  }
};
