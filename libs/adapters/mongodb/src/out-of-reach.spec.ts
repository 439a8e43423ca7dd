import { describe, expect, it } from '@jest/globals';
import {
  MongoBulkWriteError,
  MongoError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerError,
  MongoWriteConcernError,
} from 'mongodb';
import { isOutOfReach } from './out-of-reach.ts';

const labelled = (): MongoError => {
  const error = new MongoServerError({ message: 'interrupted', code: 1 });
  error.addErrorLabel('RetryableWriteError');
  return error;
};

describe('isOutOfReach', () => {
  it.each<[string, unknown]>([
    ['a broken connection', new MongoNetworkError('read ECONNRESET')],
    ['a closed client', new MongoNotConnectedError('closed')],
    ['a member that is no primary any more', new MongoServerError({ message: 'x', code: 10107 })],
    ['a question that took too long', new MongoServerError({ message: 'x', code: 50 })],
    [
      'a write that too few members have',
      new MongoWriteConcernError({ ok: 1, writeConcernError: { code: 64, errmsg: 'timeout' } }),
    ],
    ['what the server itself says to try again', labelled()],
    [
      'a batch whose connection timed out',
      new MongoBulkWriteError(new MongoNetworkTimeoutError('timed out', {}), {} as never),
    ],
    ['a wrong password', new MongoServerError({ message: 'Authentication failed.', code: 18 })],
  ])('tells so of %s', (_, error) => {
    expect(isOutOfReach(error)).toBe(true);
  });

  it.each<[string, unknown]>([
    ['a duplicate key', new MongoServerError({ message: 'E11000', code: 11_000 })],
    [
      'a batch with a duplicate key',
      new MongoBulkWriteError({ message: 'E11000', code: 11_000, writeErrors: [] }, {} as never),
    ],
    ['a wrong call', new MongoInvalidArgumentError('no')],
    ['a bug', new TypeError('undefined is not a function')],
    ['what is no error', 'text'],
    ['nothing', undefined],
  ])('does not of %s', (_, error) => {
    expect(isOutOfReach(error)).toBe(false);
  });
});
