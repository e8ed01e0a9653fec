/** A private key that signs, with what others need to know of it. */
export interface SigningKey {
  readonly privateKey: unknown;
  /** 40 upper-case hex digits. */
  readonly fingerprint: string;
  /** 16 upper-case hex digits: the name of the key file. */
  readonly keyId: string;
  readonly publicKey: Buffer;
}

export function makeKey(owner: {
  readonly name: string;
  readonly email: string;
  readonly createdAt: Date;
}): Promise<string>;
export function readKey(armored: string): Promise<SigningKey>;
export function signXml(xml: string, options: { readonly key: SigningKey; readonly signedAt: Date }): Promise<string>;
export function withoutSignature(xml: string): string;
