import { SystemClock, Unavailable, type Log } from '@crier/kernel';
import { PinoLog, Token } from '@crier/platform';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { IsOptional } from 'class-validator';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { pino } from 'pino';
import { environmentOf, SecretEnvironment, withFiles } from './environment.ts';
import { cannotStart, failing } from './failing.ts';
import { hiding } from './hiding.ts';
import { insist } from './insisting.ts';
import { contextOf, runApp } from './run-app.ts';
import { openBackbone, openDatabase } from './stores.ts';

class EverySecret extends SecretEnvironment {
  @IsOptional() @Token() CRIER_ADMIN_TOKEN?: string;
}

const environment = {
  CRIER_EVENTSTOREDB: 'esdb://crier:pw-of-events@127.0.0.1:2113?tls=true',
  CRIER_KAFKA: '127.0.0.1:9092',
  CRIER_KAFKA_SASL: 'plain',
  CRIER_KAFKA_USER: 'crier',
  CRIER_KAFKA_PASSWORD: 'pw-of-kafka',
  CRIER_MONGODB: 'mongodb://crier:pw-of-mongo@127.0.0.1/?tls=true',
  CRIER_SECRET: 'the-secret-of-the-installation-itself',
  CRIER_ADMIN_TOKEN: 'pw-of-the-first-admin',
  CRIER_PUBLIC_URL: 'https://crier.example',
};
const SECRETS = ['pw-of-', 'the-secret-of'];

const expectNoSecrets = (text: string): void => {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
};
const readable = (value: unknown): string => inspect(value, { depth: 12, showHidden: true });

const failureOf = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    return error;
  }
};

/** A log as the apps write it, and what it has written. */
const written = (): { log: Log; text: () => string } => {
  const lines: string[] = [];
  const stream = { write: (line: string) => void lines.push(line) };
  return { log: new PinoLog(pino({ level: 'debug' }, stream)), text: () => lines.join('') };
};

afterEach(() => {
  jest.restoreAllMocks();
});

describe('a wrong environment', () => {
  it.each([
    ['nothing else', {}],
    ['an event store over HTTP', { CRIER_EVENTSTOREDB: 'http://crier:pw-of-events@host' }],
    ['a database of another kind', { CRIER_MONGODB: 'postgres://crier:pw-of-mongo@host/db' }],
    ['a password in the list of brokers', { CRIER_KAFKA: 'crier:pw-of-kafka@host:9092' }],
    ['a secret that is too short', { CRIER_SECRET: 'the-secret-of' }],
    ['a token with other signs', { CRIER_ADMIN_TOKEN: 'pw-of-the first admin!' }],
    ['an address with a password', { CRIER_PUBLIC_URL: 'ftp://crier:pw-of-ftp@host' }],
    ['secrets in the wrong places', { CRIER_KAFKA_SASL: 'pw-of-kafka', CRIER_LOG_LEVEL: 'pw-of-' }],
    ['credentials for nobody', { CRIER_KAFKA_USER: undefined }],
  ])('is refused without a secret being told: %s', async (_what, wrong) => {
    const variables = { ...environment, CRIER_PORT: 'x', ...wrong };
    const failure = await failureOf(() => environmentOf(EverySecret, variables));
    expect(failure).toMatchObject({ code: 'BAD_CONFIGURATION' });
    expectNoSecrets(readable(failure));
  });

  it('wants a user and a password where Kafka asks for them', async () => {
    const nobody = { CRIER_KAFKA_USER: undefined, CRIER_KAFKA_PASSWORD: undefined };
    const failure = await failureOf(() =>
      environmentOf(EverySecret, { ...environment, ...nobody }),
    );
    expect(String(failure)).toMatch(/CRIER_KAFKA_USER must .*CRIER_KAFKA_PASSWORD must /);
  });

  it('ends an app before it opens anything, and tells the terminal no secret', async () => {
    const told: unknown[] = [];
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(text) > 0);
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const variables = { ...environment, CRIER_PORT: 'x' };
    await runApp('any', EverySecret, variables, () => Promise.reject(new Error('was opened')));
    expect(exit).toHaveBeenCalledWith(1);
    expect(String(told)).toMatch(/^any cannot start: .*CRIER_PORT must be a port/);
    expectNoSecrets(String(told));
  });
});

/** Errors that hold what they were given, as those of clients do. */
const careless = (text: string): Error =>
  Object.assign(new Error(`Unexpected ${text}`, { cause: text }), { input: text });

describe('an app that fails', () => {
  const hide = hiding(environment);

  it.each([
    ['an event store at no host', { CRIER_EVENTSTOREDB: 'esdb://crier:pw-of-events@' }],
    ['an event store at no port', { CRIER_EVENTSTOREDB: 'esdb://crier:pw-of-events@host:port' }],
    ['an unknown option', { CRIER_EVENTSTOREDB: 'esdb://crier:pw-of-events@host?tsl=true' }],
    ['a database at no port', { CRIER_MONGODB: 'mongodb://crier:pw-of-mongo@host:port' }],
    ['a database at no host', { CRIER_MONGODB: 'mongodb://crier:pw-of-mongo@' }],
    ['a bad password', { CRIER_MONGODB: 'mongodb://crier:pw-of-%zz@host' }],
  ])('over an address that cannot be read (%s) tells no secret', async (_what, wrong) => {
    const variables = { ...environment, ...wrong };
    const env = environmentOf(EverySecret, variables);
    const context = contextOf('any', 'silent');
    const open = 'CRIER_MONGODB' in wrong ? openDatabase : openBackbone;
    const failure = await failureOf(() => open(env, context, 'truth'));
    expect(failure).toMatchObject({ verdict: 'park' });
    expectNoSecrets(readable(failure) + cannotStart('any', failure, (text) => text));
  });

  it.each(Object.entries(environment))(
    'over an error that repeats %s tells no secret, neither the terminal nor its log',
    (_name, value) => {
      jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
      const { log, text } = written();
      for (const error of [careless(value), new Unavailable(`No ${value}`, {}, careless(value))]) {
        failing(log, hide)('the duty ended', error);
        expectNoSecrets(cannotStart('any', error, hide));
      }
      expect(text()).toContain('the duty ended');
      expectNoSecrets(text());
    },
  );

  it('still says what is no secret', () => {
    const error = new Unavailable('No answer of esdb://crier:pw-of-events@127.0.0.1:2113');
    expect(cannotStart('any', error, hide)).toBe(
      'any cannot start: No answer of esdb://crier:***@127.0.0.1:2113 (UNAVAILABLE)\n',
    );
  });

  it('hides passwords in both their forms, and in addresses that are none', () => {
    const hidden = hiding({
      CRIER_MONGODB: 'mongodb:/crier:a%2Fb@c@host',
      CRIER_EVENTSTOREDB: 'just-a-token@host',
      HOME: '/home/crier',
    });
    expect(hidden('a%2Fb@c, a/b@c, just-a-token, /home/crier')).toBe('***, ***, ***, /home/crier');
  });

  it('hides what came from a file', async () => {
    const path = fileURLToPath(import.meta.url);
    const hidden = hiding(withFiles({ CRIER_SECRET_FILE: path, CRIER_KAFKA: 'host:9092' }));
    expect(hidden('host:9092')).toBe('host:9092');
    expect(hidden((await readFile(path, 'utf8')).trim())).toBe('***');
  });
});

class Impatient extends SystemClock {
  override sleep(): Promise<void> {
    return Promise.resolve();
  }
}

describe('an app that waits', () => {
  it('says why', async () => {
    const { log, text } = written();
    const failures = [
      new Unavailable('Kafka is not available', { reason: 'SASL PLAIN authentication failed' }),
      new Unavailable('MongoDB cannot be reached', {}, new Error('self-signed certificate')),
    ];
    const open = (): Promise<string> => {
      const failure = failures.shift();
      return failure ? Promise.reject(failure) : Promise.resolve('there');
    };
    await expect(insist('a store', open, { clock: new Impatient(), log })).resolves.toBe('there');
    expect(text()).toMatch(/SASL PLAIN authentication failed[^]*self-signed certificate/);
  });
});
