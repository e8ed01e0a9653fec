import { AppError, isAppError } from '../../shared/errors/app-error.ts';
import type { ClockPort } from '../core/ports/clock.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { LogPort } from '../core/ports/log.ts';
import type { KeyStorePort, SignaturePort } from '../core/ports/signature.ts';
import type { TrustDbPort } from '../core/ports/trust-db.ts';
import { maxKeyBytes, type PublicKey } from '../core/trust/key-file.ts';
import { feedMirrorUrl, isNetworkFailure, keyMirrorUrl } from '../core/trust/mirror.ts';
import { keyIdOf, readSignatures } from '../core/trust/packets.ts';
import { splitSignedDocument } from '../core/trust/signature-block.ts';
import type { SignatureFacts } from '../core/trust/signature-facts.ts';
import { redactUrl } from '../core/trust/url.ts';
import { judgeSignature, type Judgement, type RefusedSignature, type ValidSignature } from '../core/trust/validity.ts';

/** Where a document came from, and so where its keys are looked for; `nowhere` uses only what is here. */
export type KeySource = 'site' | 'mirror' | 'nowhere';

export interface SignatureCheckRequest {
  readonly url: string;
  readonly bytes: Uint8Array;
  readonly keySource: KeySource;
  /** The document is in the cache already, so an expired signature still counts. */
  readonly isCached: boolean;
  readonly signal: AbortSignal;
}

export interface SignatureCheck {
  /**
   * The signatures that count, at least one. Missing keys are fetched.
   *
   * @throws AppError `feed-not-a-feed`, `feed-unsigned`, `bad-signature-block`, `feed-tampered`, `signature-refused`,
   * `key-missing`
   */
  check(request: SignatureCheckRequest): Promise<readonly ValidSignature[]>;
  /** What can be said of a document with the keys that are here, without judging it; empty if it is not signed. */
  facts(url: string, bytes: Uint8Array): Promise<readonly SignatureFacts[]>;
}

interface Deps {
  readonly http: Pick<HttpPort, 'get'>;
  readonly signatures: SignaturePort;
  readonly keys: KeyStorePort;
  readonly trustDb: Pick<TrustDbPort, 'read'>;
  readonly mirror: string | null;
  readonly clock: Pick<ClockPort, 'now'>;
  readonly log: LogPort;
}

interface KeySearch {
  readonly keys: readonly PublicKey[];
  /** Why a key could not be had, by its id. */
  readonly failures: ReadonlyMap<string, string>;
}

/** @see trust-and-download.md 3 */
export function createSignatureCheck(deps: Deps): SignatureCheck {
  const { http, signatures, keys, trustDb, mirror, clock, log } = deps;

  async function fetchKey(
    keyId: string,
    { url, keySource, signal }: SignatureCheckRequest,
  ): Promise<readonly PublicKey[] | string> {
    if (keySource === 'nowhere' || (keySource === 'mirror' && mirror === null)) return 'it is not on this computer';
    const beside = `${url.slice(0, url.lastIndexOf('/') + 1)}${keyId}.gpg`;
    const mirrored = mirror === null || feedMirrorUrl(mirror, url) === null ? null : keyMirrorUrl(mirror, keyId);
    try {
      const bytes = await getKey(keySource === 'mirror' ? [mirrored ?? beside] : [beside, mirrored], signal);
      const found = await keys.add(bytes, keyId);
      if (found === null) return 'what the server gives is no key';
      return found.length === 0 ? 'what the server gives is another key' : found;
    } catch (error) {
      if (!isAppError(error) || error.code === 'cancelled') throw error;
      log.warn('key not fetched', { feed: redactUrl(url), key: keyId, code: error.code });
      return toReason(error);
    }
  }

  /** From the first place where it can be had; what a later one says is less interesting than what the first one said. */
  async function getKey(
    [first, second]: readonly [string, (string | null)?],
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    try {
      return (await http.get(first, { limitBytes: maxKeyBytes, signal })).bytes;
    } catch (error) {
      if (second === null || second === undefined || !isNetworkFailure(error)) throw error;
      try {
        return (await http.get(second, { limitBytes: maxKeyBytes, signal })).bytes;
      } catch (later) {
        throw isNetworkFailure(later) ? error : later;
      }
    }
  }

  /** Keys trusted by other programs may be in the person's own keyring only. */
  async function findTrusted(keyId: string): Promise<readonly PublicKey[]> {
    const { db } = await trustDb.read();
    const isTrusted = [...db.keys()].some((fingerprint) => keyIdOf(fingerprint) === keyId);
    return isTrusted ? keys.findInKeyring(keyId) : [];
  }

  async function findKeys(keyIds: readonly string[], request: SignatureCheckRequest): Promise<KeySearch> {
    const failures = new Map<string, string>();
    const searches = keyIds.map(async (keyId) => {
      const known = await keys.find(keyId);
      if (known.length > 0) return known;
      const trusted = await findTrusted(keyId);
      if (trusted.length > 0) return trusted;
      const fetched = await fetchKey(keyId, request);
      if (typeof fetched !== 'string') return fetched;
      const own = await keys.findInKeyring(keyId);
      if (own.length === 0) failures.set(keyId, fetched);
      return own;
    });
    return { keys: (await Promise.all(searches)).flat(), failures };
  }

  /** A key that seems to have ended, or not to be allowed to sign, may have been prolonged since it was fetched. */
  async function fetchAgain(
    judgements: readonly Judgement[],
    request: SignatureCheckRequest,
  ): Promise<readonly PublicKey[]> {
    const refused = judgements.flatMap((each) =>
      each.isValid || each.refusal.cause !== 'refused' ? [] : [each.refusal.keyId],
    );
    const found = await Promise.all([...new Set(refused)].map((keyId) => fetchKey(keyId, request)));
    return found.flatMap((result) => (typeof result === 'string' ? [] : result));
  }

  return {
    async check(request) {
      const { url, bytes, isCached, signal } = request;
      const name = redactUrl(url);
      const { data, signature } = splitSignedDocument(bytes, name);
      const keyIds = wantedKeys(signature);
      const search = await findKeys(keyIds, request);
      const judge = async (known: readonly PublicKey[]): Promise<readonly Judgement[]> => {
        const files = known.map((key) => key.bytes);
        const facts = await signatures.verify({ name, data, signature, keys: files, signal });
        return facts.map((each) => judgeSignature(each, { now: clock.now() / 1000, isCached }));
      };
      let judgements = await judge(search.keys);
      if (!judgements.some(({ isValid }) => isValid)) {
        const renewed = await fetchAgain(judgements, request);
        const isSameKey = (a: PublicKey, b: PublicKey): boolean => a.primaryFingerprint === b.primaryFingerprint;
        const older = search.keys.filter((key) => !renewed.some((fresh) => isSameKey(fresh, key)));
        const isNews = (fresh: PublicKey): boolean =>
          !search.keys.some((key) => isSameKey(fresh, key) && key.bytes.length === fresh.bytes.length);
        if (renewed.some(isNews)) judgements = await judge([...older, ...renewed]);
      }
      const valid = judgements.flatMap((each) => (each.isValid ? [each.signature] : []));
      const refused = judgements.flatMap((each) => (each.isValid ? [] : [each.refusal]));
      if (valid.length === 0) throw toError(name, refused, search.failures);
      for (const { keyId, reason } of refused) log.warn('signature passed over', { feed: name, key: keyId, reason });
      return valid;
    },

    async facts(url, bytes) {
      try {
        const { data, signature } = splitSignedDocument(bytes, url);
        const found = await Promise.all(
          wantedKeys(signature).map(async (keyId) => {
            const known = await keys.find(keyId);
            return known.length > 0 ? known : findTrusted(keyId);
          }),
        );
        return await signatures.verify({ name: url, data, signature, keys: found.flat().map((key) => key.bytes) });
      } catch (error) {
        if (isAppError(error)) return [];
        throw error;
      }
    },
  };
}

/** Ids of the keys that the signatures of a block want, each once. */
function wantedKeys(signature: Uint8Array): readonly string[] {
  const ids = (readSignatures(signature) ?? []).map(({ keyId }) => keyId).filter((keyId) => keyId !== '');
  return [...new Set(ids)].slice(0, 16);
}

/** The worst thing to be said decides: changed, then not accepted, then not known. */
function toError(feed: string, refused: readonly RefusedSignature[], failures: ReadonlyMap<string, string>): AppError {
  const find = (cause: RefusedSignature['cause']): RefusedSignature | undefined =>
    refused.find((each) => each.cause === cause);
  const bad = find('bad');
  if (bad !== undefined) return new AppError('feed-tampered', { feed, keyId: bad.keyId });
  const unaccepted = find('refused');
  if (unaccepted !== undefined) return new AppError('signature-refused', { feed, reason: unaccepted.reason });
  const { keyId = '' } = find('unknown-key') ?? {};
  return new AppError('key-missing', { feed, keyId, reason: failures.get(keyId) ?? 'it is not on this computer' });
}

function toReason(error: AppError): string {
  if (isAppError(error, 'http-status')) return `the server answers ${error.params.status}`;
  if (isAppError(error, 'network-unreachable')) return error.params.reason;
  if (isAppError(error, 'host-unknown')) return `the address ${error.params.host} was not found`;
  if (isAppError(error, 'bad-redirect') || isAppError(error, 'bad-answer')) return error.params.reason;
  if (isAppError(error, 'download-too-large')) return 'what the server gives is too large for a key';
  if (isAppError(error, 'download-timeout') || isAppError(error, 'download-too-slow'))
    return `${error.params.host} sends nothing`;
  if (isAppError(error, 'download-cut-off')) return 'the server closed the connection too early';
  return error.code;
}
