import { join } from 'node:path';
import type { DocumentPort } from '../../core/ports/documents.ts';
import type { SignaturePort } from '../../core/ports/signature.ts';
import { checkDocument } from '../../core/trust/check-document.ts';
import { createSignatures } from './signatures.ts';
import { createVerifyWorker } from './verify-worker.ts';

/** Checks signatures and signed documents. */
export interface Verifier extends SignaturePort, DocumentPort {
  /** Ends the worker, if there is one. */
  close(): Promise<void>;
}

export interface VerifierOptions {
  /** `PATH` and `ZEROINSTALL_GPG` are looked at. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder of the built workers; `null` does everything in this thread. */
  readonly workersDir: string | null;
}

/** Nothing is loaded before the first check. */
export function createVerifier({ env, workersDir }: VerifierOptions): Verifier {
  return workersDir === null ? createVerifierHere(env) : createVerifyWorker(join(workersDir, 'verify.js'), env);
}

/** Everything in this thread: the command line, and what the worker itself does. */
export function createVerifierHere(env: VerifierOptions['env']): Verifier {
  return {
    ...createSignatures(env),
    async check({ kind, url, bytes }) {
      checkDocument(kind, url, bytes);
    },
    close: () => Promise.resolve(),
  };
}
