import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A server's key and certificate, as Node takes them. */
export interface ServerIdentity {
  readonly key: Buffer;
  readonly cert: Buffer;
}

/** An authority, and certificates for `localhost` that are good or bad in one way each. */
export interface TestCertificates {
  /** For `SSL_CERT_FILE`. */
  readonly authorityFile: string;
  readonly good: ServerIdentity;
  readonly wrongName: ServerIdentity;
  readonly expired: ServerIdentity;
  readonly selfSigned: ServerIdentity;
  /** By an authority that nobody knows. */
  readonly unknownAuthority: ServerIdentity;
}

export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
if (!hasOpenssl) process.stderr.write('SKIPPED: without openssl there are no certificates for encrypted connections\n');

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes all of them in an empty directory. */
export function makeCertificates(directory: string): TestCertificates {
  const at = (name: string): string => path.join(directory, name);
  const openssl = (...args: readonly string[]): void => {
    execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const authority = (name: string): void => {
    openssl(
      'req',
      '-x509',
      ...curve,
      '-days',
      '2',
      '-subj',
      `/CN=${name}`,
      '-keyout',
      at(`${name}.key`),
      '-out',
      at(`${name}.pem`),
    );
  };
  const identity = (name: string): ServerIdentity => ({
    key: readFileSync(at(`${name}.key`)),
    cert: readFileSync(at(`${name}.pem`)),
  });
  const signed = (name: string, options: { by?: string; host?: string; days?: number } = {}): ServerIdentity => {
    const { by = 'authority', host = 'localhost', days = 2 } = options;
    writeFileSync(at('extensions'), `subjectAltName=DNS:${host}`);
    openssl('req', ...curve, '-subj', `/CN=${host}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.csr`));
    const authorityOf = ['-CA', at(`${by}.pem`), '-CAkey', at(`${by}.key`), '-CAcreateserial'];
    const about = ['-days', String(days), '-extfile', at('extensions'), '-out', at(`${name}.pem`)];
    openssl('x509', '-req', '-in', at(`${name}.csr`), ...authorityOf, ...about);
    return identity(name);
  };
  authority('authority');
  authority('stranger');
  authority('localhost');
  return {
    authorityFile: at('authority.pem'),
    good: signed('good'),
    wrongName: signed('wrong-name', { host: 'other.example.com' }),
    expired: signed('expired', { days: -1 }),
    selfSigned: identity('localhost'),
    unknownAuthority: signed('unknown', { by: 'stranger' }),
  };
}
