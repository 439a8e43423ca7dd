import { AppError } from '@crier/kernel';
import { EventStoreDBClient } from '@eventstore/db-client';

/** The address of EventStoreDB cannot be used. Does not repeat it, because it may hold a password. */
export class EventStoreAddressInvalid extends AppError {
  readonly code = 'EVENT_STORE_ADDRESS_INVALID';
  readonly verdict = 'park';
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

const ADDRESS = /^esdb(?:\+discover)?:\/\/(?:([^:@]+):([^:@]+)@)?[^?@]+(?:\?(.*))?$/;

/** The client reads their names without regard to case, `-` and `_`. */
const OPTIONS = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'tlsVerifyCert',
  'userCertFile',
  'userKeyFile',
] as const;
const plain = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');
const KNOWN: ReadonlySet<string> = new Set(OPTIONS.map(plain));

/** What the client would only warn of, printing the whole address. */
const mustBeUnderstood = (query: string): void => {
  for (const option of query.split('&').filter(Boolean)) {
    const [name = '', value] = option.split('=');
    if (!KNOWN.has(plain(name)))
      throw new EventStoreAddressInvalid(
        `The address of EventStoreDB has an unknown option; there are ${OPTIONS.join(', ')}`,
      );
    if (plain(name) === 'tlsverifycert' && value === 'false')
      throw new EventStoreAddressInvalid(
        'The certificate of EventStoreDB is always verified: name what to trust by tlsCAFile',
      );
  }
};

/** User and password of an address, or nobody. @throws EventStoreAddressInvalid */
export const credentialsOf = (address: string): Credentials => {
  const parts = ADDRESS.exec(address.trim());
  if (!parts) throw new EventStoreAddressInvalid('The address of EventStoreDB cannot be read');
  const [, username = '', password = '', query = ''] = parts;
  mustBeUnderstood(query);
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    throw new EventStoreAddressInvalid('The address of EventStoreDB cannot be read');
  }
};

/** A client for an address. @throws EventStoreAddressInvalid  without the client's own error, which repeats the address */
export const clientOf = (address: string): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(address);
  } catch {
    throw new EventStoreAddressInvalid(
      'The address of EventStoreDB, or a certificate that it names, cannot be read',
    );
  }
};
