import { AppError } from '../../shared/errors/app-error.ts';
import type { Answer, TrustQuestion } from '../../shared/model/job.ts';
import type { FeedUrl } from '../../shared/model/ids.ts';
import type { KeyName } from '../../shared/model/trust.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import type { KeyStorePort } from '../core/ports/signature.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { automaticallyApproved, type UntrustedKey } from '../core/trust/approval.ts';
import { feedDomain } from '../core/trust/domain.ts';
import { keyIdOf } from '../core/trust/packets.ts';
import { isTrustedFor, keysTrustedFor, withTrust, type TrustDb } from '../core/trust/trust-db.ts';
import { redactUrl } from '../core/trust/url.ts';
import type { ValidSignature } from '../core/trust/validity.ts';
import { signersOf } from './feed-signers.ts';
import type { KeyHints } from './key-hints.ts';
import type { QuestionQueue } from './question-queue.ts';

/** Asks a person; the signal is aborted when nobody wants the answer any more. */
export type AskTrust = (question: TrustQuestion, signal: AbortSignal) => Promise<Answer>;

export interface TrustRequest {
  readonly url: string;
  readonly signatures: readonly ValidSignature[];
  /** The copy of the document that is here; null if it has not been here before. */
  readonly stored: Uint8Array | null;
  readonly isOffline: boolean;
  readonly ask: AskTrust;
  readonly signal: AbortSignal;
}

/** Keys that became trusted without a question, to be shown with a way back. */
export interface Approval {
  readonly feed: string;
  readonly domain: string;
  readonly fingerprints: readonly string[];
}

export interface TrustDecision {
  /**
   * Sees to it that one of the keys is trusted for the domain of the document: it is already, or it is approved without a
   * question, or the person says so.
   *
   * @returns the database in which it is trusted
   * @throws AppError `feed-untrusted`, `cancelled`
   */
  decide(request: TrustRequest): Promise<TrustDb>;
}

interface Deps {
  readonly trustDb: TrustDbPort;
  readonly keys: Pick<KeyStorePort, 'find' | 'shareWithKeyring'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly hints: KeyHints;
  readonly questions: QuestionQueue;
  readonly log: LogPort;
  readonly onApproved: ((approval: Approval) => void) | undefined;
}

/** @see trust-and-download.md 4.3 */
export function createTrustDecision(deps: Deps): TrustDecision {
  const { trustDb, keys, config, hints, questions, log } = deps;

  async function readDb(): Promise<TrustDb> {
    const { db, problem } = await trustDb.read();
    if (problem !== null) log.warn('the trust database cannot be read: nothing is trusted', { code: problem.code });
    return db;
  }

  const identityOf = async (fingerprint: string): Promise<string | null> =>
    (await keys.find(fingerprint))[0]?.identity ?? null;

  async function toQuestion(
    { url, signatures, stored }: TrustRequest,
    db: TrustDb,
    known: readonly UntrustedKey[],
  ): Promise<TrustQuestion> {
    const shown = known.map(async ({ fingerprint, hints: keyHints }) => {
      const signature = signatures.find((each) => each.fingerprint === fingerprint);
      const isExpired = signature?.notes.some((note) => note === 'key-expired' || note === 'key-retired') ?? false;
      return {
        fingerprint,
        claimedIdentity: await identityOf(fingerprint),
        hints: [...(keyHints ?? [])],
        trustedDomains: [...(db.get(fingerprint) ?? [])],
        warnings: [...(signature?.weaknesses ?? []), ...(isExpired ? ['expired'] : [])],
      };
    });
    const approved = keysTrustedFor(db, url).map(async (fingerprint) => ({
      fingerprint,
      claimedIdentity: await identityOf(fingerprint),
    }));
    return {
      kind: 'trust',
      feed: redactUrl(url) as FeedUrl,
      domain: feedDomain(url),
      keys: await Promise.all(shown),
      approvedKeys: await Promise.all(approved),
      previousSigners: await previousSigners({ url, signatures, stored }),
    };
  }

  /** Who signed the copy that is here, unless one of them signed the new one, too. */
  async function previousSigners({
    url,
    signatures,
    stored,
  }: Pick<TrustRequest, 'url' | 'signatures' | 'stored'>): Promise<KeyName[]> {
    if (stored === null) return [];
    const now = new Set(signatures.flatMap((each) => [keyIdOf(each.fingerprint), keyIdOf(each.primaryFingerprint)]));
    const before = await signersOf(stored, url, keys);
    return before.some(({ keyIds }) => keyIds.some((id) => now.has(id))) ? [] : before.map(({ name }) => name);
  }

  async function trust(fingerprints: readonly string[], domain: string): Promise<TrustDb> {
    const db = await trustDb.update((old) => fingerprints.reduce((next, key) => withTrust(next, key, domain), old));
    for (const fingerprint of fingerprints) await keys.shareWithKeyring(fingerprint);
    return db;
  }

  /** Everything that may change while another question is open is looked at only now. */
  async function decideInTurn(request: TrustRequest, known: readonly UntrustedKey[]): Promise<TrustDb> {
    const { url, stored, signal } = request;
    const db = await readDb();
    if (isAnyTrusted(db, request)) return db;
    const domain = feedDomain(url);
    const { autoApproveKeys } = await config.read();
    const approved = automaticallyApproved(known, { autoApproveKeys, isCached: stored !== null });
    if (approved.length > 0) {
      log.info('key approved automatically', { feed: redactUrl(url), domain, keys: approved.join(' ') });
      const changed = await trust(approved, domain);
      deps.onApproved?.({ feed: url, domain, fingerprints: approved });
      return changed;
    }
    const answer = await request.ask(await toQuestion(request, db, known), signal);
    const chosen = known.map(({ fingerprint }) => fingerprint).filter((key) => answer.trust.includes(key));
    if (chosen.length === 0) throw new AppError('feed-untrusted', { feed: redactUrl(url), domain });
    log.info('key trusted', { feed: redactUrl(url), domain, keys: chosen.join(' ') });
    return trust(chosen, domain);
  }

  return {
    async decide(request) {
      const { url, signatures, signal, isOffline } = request;
      const db = await readDb();
      if (isAnyTrusted(db, request)) return db;
      const byKey = new Map(signatures.map((signature) => [signature.fingerprint, signature]));
      const arrived = await hints.about(url, [...byKey.keys()], { signal, isOffline });
      const known = [...byKey].map(([fingerprint, { weaknesses }]) => ({
        fingerprint,
        weaknesses,
        hints: arrived.get(fingerprint) ?? null,
      }));
      return questions.inTurn(signal, () => decideInTurn(request, known));
    },
  };
}

function isAnyTrusted(db: TrustDb, { signatures, url }: Pick<TrustRequest, 'signatures' | 'url'>): boolean {
  return signatures.some(({ fingerprint, primaryFingerprint }) =>
    isTrustedFor(db, [fingerprint, primaryFingerprint], url),
  );
}
