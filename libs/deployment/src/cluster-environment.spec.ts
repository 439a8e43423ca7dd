import { BadConfiguration } from '@crier/platform';
import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentOf, SecretEnvironment } from './environment.ts';

const sound = {
  CRIER_EVENTSTOREDB: 'esdb://events:2113?tls=false',
  CRIER_KAFKA: 'one:9092,two:9092',
  CRIER_MONGODB: 'mongodb://db:27017/?replicaSet=rs0',
  CRIER_SECRET: 's'.repeat(32),
  CRIER_PUBLIC_URL: 'https://crier.example',
};

const faultsOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    environmentOf(SecretEnvironment, environment);
    return '';
  } catch (error) {
    expect(error).toBeInstanceOf(BadConfiguration);
    return (error as Error).message;
  }
};

describe('the environment of an app', () => {
  it('needs addresses and a secret, and has defaults for the rest', () => {
    expect(environmentOf(SecretEnvironment, sound)).toMatchObject({
      ...sound,
      CRIER_HOST: '127.0.0.1',
      CRIER_KAFKA_TLS: false,
      CRIER_KAFKA_SESSION_MS: 6_000,
      CRIER_MONGODB_DATABASE: 'crier',
    });
  });

  it('tells of every fault at once', () => {
    const faults = faultsOf({
      ...sound,
      CRIER_KAFKA: 'nowhere',
      CRIER_MONGODB: 'postgres://db',
      CRIER_KAFKA_SASL: 'magic',
      CRIER_KAFKA_SESSION_MS: '10',
      CRIER_LOG_LEVEL: 'loud',
      CRIER_SECRET: 'short',
    });
    for (const name of [
      'KAFKA',
      'MONGODB',
      'KAFKA_SASL',
      'KAFKA_SESSION_MS',
      'LOG_LEVEL',
      'SECRET',
    ])
      expect(faults).toContain(`CRIER_${name}`);
  });

  it.each(Object.keys(sound))('names %s where it is missing', (name) => {
    expect(faultsOf({ ...sound, [name]: '' })).toContain(name);
  });

  it('reads a secret from a file, without the line end', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'crier-env-')), 'secret');
    writeFileSync(file, `${'f'.repeat(40)}\n`);
    const environment = environmentOf(SecretEnvironment, {
      ...sound,
      CRIER_SECRET: '',
      CRIER_SECRET_FILE: file,
    });
    expect(environment.CRIER_SECRET).toBe('f'.repeat(40));
  });

  it('takes a file that cannot be read for a secret that is missing', () => {
    expect(
      faultsOf({ ...sound, CRIER_SECRET: '', CRIER_SECRET_FILE: '/nowhere/secret' }),
    ).toContain('CRIER_SECRET');
  });
});
