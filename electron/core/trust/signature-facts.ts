/** What checking one signature has shown. Times are seconds since 1970. */
export type SignatureFacts =
  | GoodSignature
  /** The data or the signature was changed. */
  | { readonly status: 'bad'; readonly keyId: string }
  | { readonly status: 'unknown-key'; readonly keyId: string }
  /** The key is there but the signature cannot be judged, or the key may not make it. `reason` goes into a sentence. */
  | { readonly status: 'unusable'; readonly keyId: string; readonly reason: string };

/** The data is what the key signed. Whether that counts is another question. */
export interface GoodSignature {
  readonly status: 'good';
  readonly keyId: string;
  /** Of the key that signed, possibly a subkey. Upper-case hex. */
  readonly fingerprint: string;
  readonly primaryFingerprint: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  /** When the key or its primary key expires, whichever comes first. */
  readonly keyExpiresAt: number | null;
  /** `retired`: superseded or no longer used; `distrusted`: compromised or no reason given. */
  readonly revocation: { readonly kind: 'retired' | 'distrusted'; readonly at: number } | null;
  readonly algorithm: 'rsa' | 'dsa' | 'other';
  /** Size of an RSA or DSA key. */
  readonly bits: number | null;
  readonly hash: HashName;
}

/** Hashes a signature may use; everything else is `unusable`. */
export type HashName = 'sha1' | 'ripemd160' | 'sha224' | 'sha256' | 'sha384' | 'sha512' | 'sha3-256' | 'sha3-512';
