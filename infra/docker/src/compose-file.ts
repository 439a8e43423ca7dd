import { parse } from 'yaml';
import { textOf } from './repository.ts';

export interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly command?: readonly string[];
  readonly user?: string;
  readonly init?: boolean;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly logging?: { readonly options: Readonly<Record<string, string>> };
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy?: {
    readonly replicas?: number;
    readonly resources?: { readonly limits?: { readonly cpus?: string; readonly memory?: string } };
  };
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean }>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

const VARIABLE = /\$\{([A-Z_]+):-([^}]*)\}/g;
const text = (): string => textOf('docker-compose.yml');

/** The variables that whoever starts it may set. */
export const variablesOfCompose = (): readonly string[] => [
  ...new Set([...text().matchAll(VARIABLE)].map(([, name = '']) => name)),
];

/** `docker-compose.yml` as Compose reads it when nobody set a variable. */
export const composeFile = (): ComposeFile =>
  parse(text().replace(VARIABLE, '$2'), { merge: true }) as ComposeFile;

/** The services that run the repository's own image, by name. */
export const appsOf = ({ services }: ComposeFile): readonly (readonly [string, Service])[] =>
  Object.entries(services).filter(([, { image }]) => image?.startsWith('crier:'));
