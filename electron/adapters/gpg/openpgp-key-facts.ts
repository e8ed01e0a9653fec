import type * as OpenPgp from 'openpgp';
import type { Config, Key, SignaturePacket, Subkey, User } from 'openpgp';
import type { GoodSignature } from '../../core/trust/signature-facts.ts';

/** What the owner of a key has said of it and can be proved: seconds since 1970. */
export interface KeyFacts {
  readonly expiresAt: number | null;
  readonly revocation: GoodSignature['revocation'];
}

export interface KeyContext {
  readonly pgp: typeof OpenPgp;
  readonly config: Config;
}

/** Self-signatures of one kind that are checked at most: more are a waste of our time on purpose. */
const maxChecks = 64;

/** Reasons that do not cast doubt on older signatures. RFC 9580, 5.2.3.31. */
const harmlessReasons: readonly number[] = [1, 3];

const signFlag = 0x02;

/** The library takes `null` for "whatever the time is", though its types do not say so. */
export const anyTime = null as unknown as Date;

/** What a self-signature is made over. */
type Signed = Readonly<Record<string, unknown>>;

interface SelfSignature {
  readonly packet: SignaturePacket;
  readonly signed: Signed;
}

/**
 * Finds out whether a key may make signatures, whether a subkey really belongs to its primary key, and what ends them.
 *
 * @returns a text, as end of the sentence "the signature is not accepted: …", if the key may not sign
 */
export async function readKeyFacts(context: KeyContext, key: Key, signer: Key | Subkey): Promise<KeyFacts | string> {
  const primary = key.keyPacket;
  const self = await newestValid(context, key, selfSignatures(key));
  if (self === null) return 'its key is not confirmed by its owner';
  const ends = [keyEnd(primary.created, self)];
  const revocations = await revocationsOf(context, key, {
    packets: key.revocationSignatures,
    signed: { key: primary },
  });

  if (isSubkey(signer)) {
    const signed = { key: primary, bind: signer.keyPacket };
    const bindings = signer.bindingSignatures.map((packet) => ({ packet, signed }));
    const binding = await newestValid(context, key, bindings);
    if (
      binding === null ||
      !(await isConfirmedBySubkey(context, signer, { packet: binding.embeddedSignature, signed }))
    ) {
      return 'its key is not bound to the key of its owner';
    }
    if (!maySign(binding)) return 'its key may not make signatures';
    ends.push(keyEnd(signer.keyPacket.created, binding));
    revocations.push(...(await revocationsOf(context, key, { packets: signer.revocationSignatures, signed })));
  } else if (!maySign(self)) {
    return 'its key may not make signatures';
  }
  const known = ends.filter((end) => end !== null);
  return { expiresAt: known.length === 0 ? null : Math.min(...known), revocation: worst(revocations) };
}

function isSubkey(signer: Key | Subkey): signer is Subkey {
  return 'mainKey' in signer;
}

/** Certifications of user ids by the key itself, and signatures on the key alone. */
function selfSignatures(key: Key): readonly SelfSignature[] {
  const { directSignatures = [] } = key as unknown as { readonly directSignatures?: readonly SignaturePacket[] };
  const primary = key.keyPacket;
  const ofUser = ({ userID, userAttribute, selfCertifications }: User): readonly SelfSignature[] =>
    selfCertifications.map((packet) => ({ packet, signed: { key: primary, userID, userAttribute } }));
  return [...key.users.flatMap(ofUser), ...directSignatures.map((packet) => ({ packet, signed: { key: primary } }))];
}

async function newestValid(
  context: KeyContext,
  key: Key,
  signatures: readonly SelfSignature[],
): Promise<SignaturePacket | null> {
  const newestFirst = [...signatures].sort((a, b) => timeOf(b.packet) - timeOf(a.packet));
  for (const { packet, signed } of newestFirst.slice(0, maxChecks)) {
    if (await isValid(context, { packet, signed, by: key.keyPacket })) return packet;
  }
  return null;
}

interface Check extends SelfSignature {
  readonly by: (Key | Subkey)['keyPacket'];
}

async function isValid({ config }: KeyContext, { packet, signed, by }: Check): Promise<boolean> {
  if (packet.signatureType === null) return false;
  try {
    await packet.verify(by, packet.signatureType, signed, anyTime, false, config);
    return true;
  } catch {
    return false;
  }
}

/** A subkey that signs must have signed its primary key, or a stranger's key could be bound to one's own. */
async function isConfirmedBySubkey(
  context: KeyContext,
  subkey: Subkey,
  { packet, signed }: { readonly packet: SignaturePacket | null; readonly signed: Signed },
): Promise<boolean> {
  if (packet?.signatureType !== context.pgp.enums.signature.keyBinding) return false;
  return isValid(context, { packet, signed, by: subkey.keyPacket });
}

/** Old keys have no flags and may do whatever their method allows. */
function maySign({ keyFlags }: SignaturePacket): boolean {
  return keyFlags === null || ((keyFlags[0] ?? 0) & signFlag) !== 0;
}

/** When a key ends according to a self-signature, or when that signature itself ends. */
function keyEnd(created: Date, packet: SignaturePacket): number | null {
  const ends: number[] = [];
  if (packet.keyNeverExpires === false) ends.push(toSeconds(created) + (packet.keyExpirationTime ?? 0));
  if (!packet.signatureNeverExpires) ends.push(toSeconds(packet.getExpirationTime() as Date));
  return ends.length === 0 ? null : Math.min(...ends);
}

type Revocation = NonNullable<KeyFacts['revocation']>;

async function revocationsOf(
  context: KeyContext,
  key: Key,
  { packets, signed }: { readonly packets: readonly SignaturePacket[]; readonly signed: Signed },
): Promise<Revocation[]> {
  const found: Revocation[] = [];
  for (const packet of packets.slice(0, maxChecks)) {
    if (!(await isValid(context, { packet, signed, by: key.keyPacket }))) continue;
    const isHarmless = harmlessReasons.includes(packet.reasonForRevocationFlag ?? 0);
    found.push({ kind: isHarmless ? 'retired' : 'distrusted', at: timeOf(packet) });
  }
  return found;
}

/** Distrust outweighs retirement; of equals the earlier counts. */
function worst(revocations: readonly Revocation[]): KeyFacts['revocation'] {
  const distrusted = revocations.filter(({ kind }) => kind === 'distrusted');
  const [first] = [...(distrusted.length > 0 ? distrusted : revocations)].sort((a, b) => a.at - b.at);
  return first ?? null;
}

function timeOf({ created }: SignaturePacket): number {
  return created === null ? 0 : toSeconds(created);
}

/** Seconds since 1970. */
export function toSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
