// The built sample repository under another address, signed by another key.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { signXml, withoutSignature } from './signing.mjs';

/** Where the built site says it is. */
export const originalBaseUrl = 'https://samples.zerodesk.invalid';

/**
 * @param {{ readonly siteDir: string, readonly baseUrl: string, readonly key: object, readonly signedAt: Date }} options
 *   `key` as `readKey` gives it
 * @returns {Promise<Map<string, Buffer>>} every file by path
 */
export async function resignSite({ siteDir, baseUrl, key, signedAt }) {
  const files = new Map();
  for (const name of readdirSync(siteDir, { recursive: true, encoding: 'utf8' })) {
    const file = path.join(siteDir, name);
    if (!statSync(file).isFile() || name.endsWith('.gpg')) continue;
    const data = readFileSync(file);
    files.set(name, name.endsWith('.xml') ? await resign(data) : data);
  }
  files.set(`${key.keyId}.gpg`, key.publicKey);
  return files;

  async function resign(data) {
    const text = withoutSignature(data.toString('utf8')).replaceAll(originalBaseUrl, baseUrl);
    return Buffer.from(await signXml(text, { key, signedAt }));
  }
}
