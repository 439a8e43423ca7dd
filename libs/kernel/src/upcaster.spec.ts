import { describe, expect, it } from '@jest/globals';
import { UnknownSchemaVersion, upcaster, type StoredEvent } from './index.ts';
import { someEvent, someMetadata } from './testing/index.ts';

const stored = (type: string, schemaVersion: number, data: unknown): StoredEvent => ({
  ...someEvent(data, type),
  metadata: { ...someMetadata, schemaVersion },
  stream: 'stream-1',
  revision: 0,
  position: '1',
});

const lift = upcaster({
  NameGiven: [
    (data) => ({ full: (data as { readonly name: string }).name }),
    (data) => ({ ...(data as object), given: true }),
  ],
});

describe('upcaster', () => {
  it('lifts an event one version at a time, up to the newest', () => {
    expect(lift(stored('NameGiven', 1, { name: 'Ann' }))).toMatchObject({
      data: { full: 'Ann', given: true },
      metadata: { schemaVersion: 3 },
    });
    expect(lift(stored('NameGiven', 2, { full: 'Bob' })).data).toEqual({
      full: 'Bob',
      given: true,
    });
  });

  it('leaves alone what is at its newest version, and types without steps', () => {
    const newest = stored('NameGiven', 3, { full: 'Ann', given: false });
    expect(lift(newest)).toBe(newest);
    const other = stored('NameForgotten', 1, {});
    expect(lift(other)).toBe(other);
  });

  it('keeps everything but the data and the version, and does not touch the event it was given', () => {
    const old = Object.freeze(stored('NameGiven', 1, Object.freeze({ name: 'Ann' })));
    const { data, metadata, ...rest } = lift(old);
    expect(rest).toEqual({
      id: old.id,
      type: old.type,
      stream: old.stream,
      revision: old.revision,
      position: old.position,
    });
    expect(metadata).toEqual({ ...old.metadata, schemaVersion: 3 });
    expect(data).not.toEqual(old.data);
  });

  it('refuses a version of the future, and none at all', () => {
    expect(() => lift(stored('NameGiven', 4, {}))).toThrow(UnknownSchemaVersion);
    expect(() => lift(stored('NameForgotten', 2, {}))).toThrow(UnknownSchemaVersion);
    expect(() => lift(stored('NameGiven', 0, {}))).toThrow(UnknownSchemaVersion);
  });
});
