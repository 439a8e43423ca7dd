import { HttpUrl, LogLevel, OnOff, Port, Secret, validated, Whole } from '@crier/platform';
import { IsIn, IsOptional, IsString, Matches, ValidateIf } from 'class-validator';
import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

const FROM_FILE = '_FILE';

/** Wanted where Kafka asks who comes in. */
const WithSasl = (): PropertyDecorator =>
  ValidateIf(({ CRIER_KAFKA_SASL }: ClusterEnvironment) => CRIER_KAFKA_SASL !== undefined);

/** What every app of the distributed deployment has to know. */
export class ClusterEnvironment {
  @IsString() CRIER_HOST = '127.0.0.1';
  /** Health and metrics; an app with more to serve serves it there too. */
  @Port() CRIER_PORT = 0;
  @LogLevel() CRIER_LOG_LEVEL = 'info';

  @Matches(/^esdb(\+discover)?:\/\/./, {
    message: '$property must be an address such as esdb://host:2113?tls=false',
  })
  CRIER_EVENTSTOREDB!: string;

  @Matches(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, {
    message: '$property must be a list such as host:9092,host:9092',
  })
  CRIER_KAFKA!: string;
  @OnOff() CRIER_KAFKA_TLS = false;
  /** A file with the certificates to trust. */
  @IsOptional() @IsString() CRIER_KAFKA_CA?: string;
  @IsOptional() @IsIn(['plain', 'scram-sha-256', 'scram-sha-512']) CRIER_KAFKA_SASL?:
    'plain' | 'scram-sha-256' | 'scram-sha-512';
  @WithSasl() @IsString() CRIER_KAFKA_USER?: string;
  @WithSasl() @IsString() CRIER_KAFKA_PASSWORD?: string;
  /** An app that is silent for so long has its partitions taken over. The broker's `group.min.session.timeout.ms` must allow it. */
  @Whole(1_000, 300_000) CRIER_KAFKA_SESSION_MS = 6_000;

  /** Copies of every topic that is made. */
  @Whole(1, 7) CRIER_KAFKA_REPLICATION = 1;

  @Matches(/^mongodb(\+srv)?:\/\/./, {
    message: '$property must be an address such as mongodb://host:27017/?replicaSet=rs0',
  })
  CRIER_MONGODB!: string;
  @IsString() CRIER_MONGODB_DATABASE = 'crier';
  @IsOptional() @IsString() CRIER_MONGODB_CA?: string;

  /** Announced by dispatchers and named in traces, for people. */
  @IsString() CRIER_VERSION = '0.1.0';
  /** Where traces go (OTLP over HTTP); none are made without it. */
  @IsOptional() @HttpUrl() CRIER_TRACES?: string;
}

/** What an app has to know that signs refs or opens credentials. */
export class SecretEnvironment extends ClusterEnvironment {
  @Secret() CRIER_SECRET!: string;
  /** Where people and messengers reach this deployment. */
  @HttpUrl() CRIER_PUBLIC_URL!: string;
  /** Where messengers call, if they cannot use that address. */
  @IsOptional() @HttpUrl() CRIER_WEBHOOK_URL?: string;
}

/** `NAME_FILE` stands for the content of a file in `NAME`, so that secrets need not be in the environment. */
export const withFiles = (environment: Environment): Environment => {
  const read = Object.entries(environment).flatMap(([name, path]) => {
    if (!name.startsWith('CRIER_') || !name.endsWith(FROM_FILE) || !path) return [];
    return [[name.slice(0, -FROM_FILE.length), contentOf(path)] as const];
  });
  return { ...environment, ...Object.fromEntries(read) };
};

/** A file that cannot be read leaves the variable as it is: the check then names it. */
const contentOf = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** An app's environment, checked. @throws BadConfiguration with every fault at once */
export const environmentOf = <Schema extends ClusterEnvironment>(
  schema: new () => Schema,
  environment: Environment,
): Schema => validated(schema, withFiles(environment));
