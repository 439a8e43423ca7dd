import { randomBytes, randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localInfra, type ServerName, type Wire } from '../src/index.ts';
import { madeCertificate } from './certificates.ts';

/** A server that speaks over TLS only, with its data in a directory that goes with it. */
export interface SecuredServer {
  readonly address: string;
  /** `host:port` */
  readonly place: string;
  readonly user: Wire['user'];
  /** The file and the text of the certificate to trust. */
  readonly caFile: string;
  readonly ca: string;
  /** The same of a certificate that is not the server's. */
  readonly strangerFile: string;
  readonly stranger: string;
  /** A file that holds the password. */
  readonly passwordFile: string;
  readonly directory: string;
  close(): Promise<void>;
}

/** Ports beside those of all other sets; Kafka takes two in a row. */
const FIRST_OFFSET = 1_200;
const OFFSETS = 1_000;
const AUTHORITY = /\/\/([^/?]+)/;

/** Starts one of the servers with a certificate and a password of its own. */
export const securedServer = async (name: ServerName): Promise<SecuredServer> => {
  const directory = mkdtempSync(join(tmpdir(), `crier-secured-${name}-`));
  const own = madeCertificate(directory, 'own');
  const { certificate: strangerFile } = madeCertificate(directory, 'stranger');
  const user = { username: 'crier', password: `s3cret-${randomBytes(9).toString('hex')}` };
  const passwordFile = join(directory, 'password');
  writeFileSync(passwordFile, `${user.password}\n`);
  const offset = FIRST_OFFSET + 2 * randomInt(OFFSETS);
  const server = localInfra(directory, offset, { ...own, user })[name];
  const close = async (): Promise<void> => {
    await server.down();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await server.up();
  } catch (error) {
    await close();
    throw error;
  }
  const { address } = server;
  return {
    address,
    place: AUTHORITY.exec(address)?.[1] ?? address,
    user,
    caFile: own.certificate,
    ca: readFileSync(own.certificate, 'utf8'),
    strangerFile,
    stranger: readFileSync(strangerFile, 'utf8'),
    passwordFile,
    directory,
    close,
  };
};
