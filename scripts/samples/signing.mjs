// Signing feeds and catalogues as Zero Install wants it: a detached signature in a comment at the end of the file.

import * as openpgp from 'openpgp';

/** Old forms on purpose: every GnuPG in use can check them, and the same input gives the same signature. */
const config = { v6Keys: false, nonDeterministicSignaturesViaNotation: false };
const startLine = '<!-- Base64 Signature';

/**
 * A key that signs. Not protected by a passphrase: for samples and tests only.
 *
 * @param {{ readonly name: string, readonly email: string, readonly createdAt: Date }} owner
 * @returns {Promise<string>} armoured private key
 */
export async function makeKey({ name, email, createdAt }) {
  const { privateKey } = await openpgp.generateKey({
    type: 'ecc',
    curve: 'ed25519Legacy',
    userIDs: [{ name, email }],
    subkeys: [],
    date: createdAt,
    format: 'armored',
    config,
  });
  return privateKey;
}

/** @param {string} armored private key */
export async function readKey(armored) {
  const privateKey = await openpgp.readPrivateKey({ armoredKey: armored, config });
  const publicKey = privateKey.toPublic();
  return {
    privateKey,
    fingerprint: publicKey.getFingerprint().toUpperCase(),
    /** The name a key file has beside feeds, without `.gpg`. */
    keyId: publicKey.getKeyID().toHex().toUpperCase(),
    /** The key file itself. */
    publicKey: Buffer.from(publicKey.write()),
  };
}

/**
 * @param {string} xml ends with a newline
 * @param {{ readonly key: Awaited<ReturnType<typeof readKey>>, readonly signedAt: Date }} options
 * @returns {Promise<string>} the text with its signature block
 */
export async function signXml(xml, { key, signedAt }) {
  if (!xml.startsWith('<?xml ') || !xml.endsWith('\n')) throw new Error('not a text that can be signed');
  const signature = await openpgp.sign({
    message: await openpgp.createMessage({ binary: Buffer.from(xml) }),
    signingKeys: key.privateKey,
    detached: true,
    format: 'binary',
    date: signedAt,
    config,
  });
  const lines =
    Buffer.from(signature)
      .toString('base64')
      .match(/.{1,76}/g) ?? [];
  return `${xml}${startLine}\n${lines.join('\n')}\n-->\n`;
}

/** The signed part of a file. */
export function withoutSignature(xml) {
  const start = xml.lastIndexOf(`\n${startLine}\n`);
  return start < 0 ? xml : xml.slice(0, start + 1);
}
