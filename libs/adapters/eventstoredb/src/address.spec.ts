import { SilentLog } from '@crier/kernel';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { inspect } from 'node:util';
import { EventStoreDb } from './event-store-db.ts';

const open = (connectionString: string): EventStoreDb =>
  new EventStoreDb({ connectionString, log: new SilentLog() });

const failureOf = (connectionString: string): unknown => {
  try {
    open(connectionString);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe('the address of an event store', () => {
  const said = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
  afterEach(() => {
    said.mockClear();
  });

  it.each([
    'esdb://crier:s3cret@one:2113?tls=true',
    'esdb://crier:s3cret@one:2113,two:2113,three:2113/?tls=true&nodePreference=leader',
    'esdb+discover://crier:s3%3Acret@cluster.example?TLS=true&keep-alive-interval=10000',
    'esdb://one?tls=false',
  ])('may be %s', async (address) => {
    await open(address).close();
    expect(said).not.toHaveBeenCalled();
  });

  it.each([
    ['no port', 'esdb://crier:s3cret@one:port?tls=true'],
    ['a password with signs of its own', 'esdb://crier:s3cret@1:x@one:2113'],
    ['a password that is not encoded well', 'esdb://crier:s3cret%zz@one:2113'],
    ['a half option', 'esdb://crier:s3cret@one:2113?tls'],
    ['an option that the client does not know', 'esdb://crier:s3cret@one:2113?tlsCA=/ca.pem'],
    ['a wish not to verify', 'esdb://crier:s3cret@one:2113?tlsVerifyCert=false'],
    ['a certificate that is not there', 'esdb://crier:s3cret@one:2113?tlsCAFile=/none/ca.pem'],
    ['another protocol', 'http://crier:s3cret@one:2113'],
    ['no host', 'esdb://crier:s3cret@'],
  ])('is refused with %s, and not repeated', (_what, address) => {
    const error = failureOf(address);
    expect(error).toMatchObject({ code: 'EVENT_STORE_ADDRESS_INVALID', verdict: 'park' });
    expect(inspect(error, { depth: 5 })).not.toContain('s3cret');
    expect(said).not.toHaveBeenCalled();
  });
});
