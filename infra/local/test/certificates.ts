import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Files of a self-signed certificate and its key: who trusts the certificate trusts the server. */
export interface CertificateFiles {
  readonly key: string;
  readonly certificate: string;
}

const SUBJECT = ['-subj', '/CN=crier', '-addext'];

/** Makes a certificate for a day, valid for 127.0.0.1 and not for `localhost`. */
export const madeCertificate = (directory: string, name: string): CertificateFiles => {
  const [key, certificate] = [join(directory, `${name}.key`), join(directory, `${name}.pem`)];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1'],
      ...files,
      ...SUBJECT,
      'subjectAltName=IP:127.0.0.1',
    ],
    { stdio: 'ignore' },
  );
  return { key, certificate };
};
