import { isAppError } from '../../shared/errors/app-error.ts';
import type { KeyName } from '../../shared/model/trust.ts';
import type { KeyStorePort } from '../core/ports/signature.ts';
import { keyIdOf, readSignatures } from '../core/trust/packets.ts';
import { splitSignedDocument } from '../core/trust/signature-block.ts';

/** A key that signed a document. */
export interface Signer {
  /** 16-digit ids: of the key that signed, and of the primary key it belongs to. */
  readonly keyIds: readonly string[];
  readonly name: KeyName;
}

/**
 * Which keys a stored document says it is signed by. Nothing is verified: that was done when it was stored.
 *
 * @returns none if it has no signature block
 */
export async function signersOf(
  bytes: Uint8Array,
  url: string,
  keys: Pick<KeyStorePort, 'find'>,
): Promise<readonly Signer[]> {
  const signatures = signaturesIn(bytes, url).filter(({ keyId }) => keyId !== '');
  return Promise.all(
    signatures.map(async ({ keyId, fingerprint }): Promise<Signer> => {
      const found = await keys.find(keyId);
      const [key] = found;
      return {
        keyIds: [keyId, ...found.map(({ primaryFingerprint }) => keyIdOf(primaryFingerprint))],
        name: {
          fingerprint: key?.primaryFingerprint ?? fingerprint ?? keyId,
          claimedIdentity: key?.identity ?? null,
        },
      };
    }),
  );
}

function signaturesIn(bytes: Uint8Array, url: string): NonNullable<ReturnType<typeof readSignatures>> {
  try {
    return readSignatures(splitSignedDocument(bytes, url).signature) ?? [];
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}
