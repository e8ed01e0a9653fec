import { readFile } from 'node:fs/promises';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** Where systems keep the authorities they trust, as one file. */
const bundles = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/**
 * What encrypted connections are checked against: the system's authorities, so that a company's own are known, else those
 * that come with Node. `SSL_CERT_FILE` names another file.
 */
export async function createSystemContext(env: Readonly<Record<string, string | undefined>>): Promise<SecureContext> {
  const named = env['SSL_CERT_FILE'];
  for (const path of named ? [named] : bundles) {
    try {
      return createSecureContext({ ca: await readFile(path) });
    } catch {
      // Not this system's place, or nothing that can be read as certificates.
    }
  }
  return createSecureContext({ ca: [...rootCertificates] });
}
