import { AppError } from '../../../shared/errors/app-error.ts';
import type { SignaturePort, VerifyRequest } from '../../core/ports/signature.ts';
import { readSignatures, type SignatureSummary } from '../../core/trust/packets.ts';
import type { SignatureFacts } from '../../core/trust/signature-facts.ts';
import { findGpg } from './gpg-program.ts';
import { verifyWithGpg } from './gpg-verify.ts';
import { createOpenPgpVerifier } from './openpgp-verify.ts';

/** Signatures of one document that we look at. */
const maxSignatures = 16;

/**
 * Checks signatures in this thread: with the openpgp library, and where that cannot read one (version 3, as made about
 * 2005) with the gpg program, if it is installed.
 *
 * @param env `PATH` and `ZEROINSTALL_GPG` are looked at
 */
export function createSignatures(env: Readonly<Record<string, string | undefined>>): SignaturePort {
  return {
    async verify(request) {
      const summaries = readSummaries(request);
      const verifier = await createOpenPgpVerifier(request.keys);
      const facts: SignatureFacts[] = [];
      for (const summary of summaries) {
        if (request.signal?.aborted === true) throw new AppError('cancelled', {});
        const result = await verifier.verify(summary, request.data);
        facts.push(result.status === 'not-understood' ? await askGpg(env, request, summary) : result);
      }
      return facts;
    },
  };
}

function readSummaries({ signature, name }: VerifyRequest): readonly SignatureSummary[] {
  const summaries = readSignatures(signature);
  const bad = (reason: string): AppError => new AppError('bad-signature-block', { feed: name, reason });
  if (summaries === null || summaries.length === 0) throw bad('it holds no OpenPGP signature');
  if (summaries.length > maxSignatures) throw bad(`it holds more than ${maxSignatures} signatures`);
  return summaries;
}

async function askGpg(
  env: Readonly<Record<string, string | undefined>>,
  request: VerifyRequest,
  { keyId, bytes, version }: SignatureSummary,
): Promise<SignatureFacts> {
  const program = findGpg(env);
  if (program !== null) {
    try {
      return await verifyWithGpg({ ...request, program, env, signature: bytes, keyId });
    } catch (error) {
      if (request.signal?.aborted === true) throw new AppError('cancelled', {});
      return { status: 'unusable', keyId, reason: error instanceof Error ? error.message : String(error) };
    }
  }
  const form = version === 3 ? 'in the old form that only GnuPG reads' : 'in a form that only GnuPG may read';
  return { status: 'unusable', keyId, reason: `it is ${form}, and GnuPG (gpg) is not installed` };
}
