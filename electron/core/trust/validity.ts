import { assertNever } from '../../../shared/errors/never.ts';
import type { GoodSignature, SignatureFacts } from './signature-facts.ts';

/** Seconds by which a signature may lie ahead of our clock. */
const maxAheadSeconds = 24 * 3600;

/** Below this RSA and DSA keys are weak. */
const strongBits = 2047;

/** A person should know it; the signature counts all the same. */
export type SignatureNote = 'key-expired' | 'key-retired' | 'signature-expired';

/** Methods too weak for a key met for the first time to be trusted without a question. */
export type Weakness = 'sha1' | 'dsa' | 'rsa1024';

/** A signature that counts. */
export interface ValidSignature {
  readonly fingerprint: string;
  readonly primaryFingerprint: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly notes: readonly SignatureNote[];
  readonly weaknesses: readonly Weakness[];
}

/** Why a signature does not count. `reason` completes "the signature is not accepted: …". */
export interface RefusedSignature {
  readonly cause: 'bad' | 'unknown-key' | 'refused';
  readonly keyId: string;
  readonly reason: string;
}

export type Judgement =
  | { readonly isValid: true; readonly signature: ValidSignature }
  | { readonly isValid: false; readonly refusal: RefusedSignature };

/** Circumstances of a judgement. */
export interface JudgeOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** The feed is in the cache already: then a signature that has expired still counts. */
  readonly isCached: boolean;
}

/**
 * Decides whether a signature counts.
 *
 * @see trust-and-download.md 3.2
 */
export function judgeSignature(facts: SignatureFacts, options: JudgeOptions): Judgement {
  const refuse = (cause: RefusedSignature['cause'], reason: string): Judgement => ({
    isValid: false,
    refusal: { cause, keyId: facts.keyId, reason },
  });
  switch (facts.status) {
    case 'bad':
      return refuse('bad', 'it does not match the data');
    case 'unknown-key':
      return refuse('unknown-key', 'its key is not known');
    case 'unusable':
      return refuse('refused', facts.reason);
    case 'good': {
      const reason = refusalOf(facts, options);
      if (reason !== null) return refuse('refused', reason);
      const { fingerprint, primaryFingerprint, createdAt } = facts;
      return {
        isValid: true,
        signature: {
          fingerprint,
          primaryFingerprint,
          createdAt,
          notes: notesOf(facts, options.now),
          weaknesses: weaknessesOf(facts),
        },
      };
    }
    default:
      return assertNever(facts);
  }
}

function refusalOf(facts: GoodSignature, { now, isCached }: JudgeOptions): string | null {
  if (facts.createdAt > now + maxAheadSeconds) return 'it was made in the future; check the clock of this computer';
  if (facts.revocation?.kind === 'distrusted') return 'the owner has revoked the key';
  if (facts.revocation !== null && facts.createdAt >= facts.revocation.at) {
    return 'it was made after the owner had retired the key';
  }
  if (facts.keyExpiresAt !== null && facts.createdAt >= facts.keyExpiresAt) return 'the key had expired when it signed';
  if (!isCached && isOver(facts.expiresAt, now)) return 'it has expired';
  return null;
}

function notesOf(facts: GoodSignature, now: number): readonly SignatureNote[] {
  const notes: SignatureNote[] = [];
  if (isOver(facts.keyExpiresAt, now)) notes.push('key-expired');
  if (facts.revocation !== null) notes.push('key-retired');
  if (isOver(facts.expiresAt, now)) notes.push('signature-expired');
  return notes;
}

function weaknessesOf(facts: GoodSignature): readonly Weakness[] {
  const weaknesses: Weakness[] = [];
  if (facts.hash === 'sha1' || facts.hash === 'ripemd160') weaknesses.push('sha1');
  const isShort = facts.bits !== null && facts.bits < strongBits;
  if (facts.algorithm === 'dsa' && isShort) weaknesses.push('dsa');
  if (facts.algorithm === 'rsa' && isShort) weaknesses.push('rsa1024');
  return weaknesses;
}

function isOver(time: number | null, now: number): boolean {
  return time !== null && time <= now;
}
