import 'reflect-metadata';
import { BadConfiguration } from '@crier/platform';
import { describe, expect, it } from '@jest/globals';
import { standaloneConfig } from './config.ts';

describe('the configuration of standalone', () => {
  it('needs nothing', () => {
    expect(standaloneConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      demo: true,
      speedCeiling: 25,
    });
  });

  it('reads numbers and switches from text', () => {
    const config = standaloneConfig({
      CRIER_PORT: '9000',
      CRIER_DEMO: 'off',
      CRIER_PUBLIC_URL: 'https://x.example/',
    });
    expect(config).toMatchObject({ port: 9_000, demo: false, publicUrl: 'https://x.example' });
  });

  it('takes what a team was granted on Viber, and assumes nothing otherwise', () => {
    expect(standaloneConfig({ CRIER_VIBER_RATE: '45000' }).viberRate).toBe(45_000);
    expect(standaloneConfig({}).viberRate).toBeUndefined();
  });

  it.each([
    ['CRIER_VIBER_RATE', '0'],
    ['CRIER_PORT', '70000'],
    ['CRIER_PORT', 'eighty'],
    ['CRIER_DEMO', 'maybe'],
    ['CRIER_SPEED_CEILING', '0'],
    ['CRIER_ADMIN_TOKEN', 'short'],
    ['CRIER_PUBLIC_URL', 'not a url'],
    ['CRIER_LOG_LEVEL', 'loud'],
  ])('refuses %s=%s and names it', (name, value) => {
    expect(() => standaloneConfig({ [name]: value })).toThrow(BadConfiguration);
    expect(() => standaloneConfig({ [name]: value })).toThrow(new RegExp(name));
  });
});
