import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { IsInt, IsString, Max, Min } from 'class-validator';
import { BadConfiguration, validated } from './config.ts';

class Sample {
  @IsString() HOST!: string;
  @IsInt() @Min(1) @Max(65_535) PORT = 8080;
}

describe('the configuration', () => {
  it('is read from the environment, with defaults, and ignores the rest', () => {
    expect(validated(Sample, { HOST: 'a', PORT: '', OTHER: 'x' })).toEqual({
      HOST: 'a',
      PORT: 8080,
    });
  });

  it('reports every fault at once', () => {
    let thrown: unknown;
    try {
      validated(Sample, { PORT: '70000' });
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(BadConfiguration);
    expect(String(thrown)).toMatch(/HOST.*PORT/s);
  });
});
