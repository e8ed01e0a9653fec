import type { PublicKey } from '../trust/key-file.ts';
import type { SignatureFacts } from '../trust/signature-facts.ts';

/** Checking OpenPGP signatures. Gives facts; whether a signature counts is decided in core/trust. */
export interface SignaturePort {
  /**
   * One entry per signature in the block, in order. Never empty.
   *
   * @throws AppError `bad-signature-block` (with the feed's name) if the block holds no signatures or too many
   */
  verify(request: VerifyRequest): Promise<readonly SignatureFacts[]>;
}

export interface VerifyRequest {
  /** Of the feed, for messages. */
  readonly name: string;
  readonly data: Uint8Array;
  readonly signature: Uint8Array;
  /** Key files as `KeyStorePort` gives them: those that the signatures want, and perhaps more. */
  readonly keys: readonly Uint8Array[];
  readonly signal?: AbortSignal;
}

/** Public keys we have met. Being here does not make a key trusted. */
export interface KeyStorePort {
  /** Keys with this 16-digit id, or this fingerprint, as primary key or as subkey. */
  find(idOrFingerprint: string): Promise<readonly PublicKey[]>;
  /** The same from the person's own GnuPG keyring; empty if there is none. What is found there is kept here too. */
  findInKeyring(idOrFingerprint: string): Promise<readonly PublicKey[]>;
  /**
   * Keeps those keys of a key file, binary or armoured, that have the wanted id.
   *
   * @returns the keys kept; `null` if the bytes are no key file
   */
  add(file: Uint8Array, keyId: string): Promise<readonly PublicKey[] | null>;
  /** Copies a key into the person's own GnuPG keyring, where other programs of Zero Install look. Failure is only logged. */
  shareWithKeyring(fingerprint: string): Promise<void>;
}
