import { isAppError } from '../../shared/errors/app-error.ts';
import type { KeyHint } from '../../shared/model/job.ts';
import type { HttpPort } from '../core/ports/http.ts';
import type { ConfigPort } from '../core/ports/settings.ts';
import { keyLookupUrl, maxKeyLookupBytes, parseKeyLookup } from '../core/trust/key-lookup.ts';
import { domainSpellings } from '../core/trust/domain.ts';
import { decodeXml } from '../core/xml/decode.ts';
import { parseXml } from '../core/xml/parse.ts';

/** Longest wait for a key information server. */
const timeoutMs = 5000;

/** Keys we know something of without asking anybody: fingerprints by domain. */
export type BuiltInTrust = Readonly<Record<string, readonly string[]>>;

/** What is said of keys that are not trusted yet. */
export interface KeyHints {
  /**
   * Asks about all keys and gives what is known when the first answer has come, or none can come any more; `null` for a
   * key whose answer is still out. Keys that are built in are known at once, and then nobody is asked.
   */
  about(
    feed: string,
    fingerprints: readonly string[],
    options: HintOptions,
  ): Promise<ReadonlyMap<string, readonly KeyHint[] | null>>;
}

export interface HintOptions {
  readonly signal: AbortSignal;
  /** Then nobody is asked. */
  readonly isOffline: boolean;
}

interface Deps {
  readonly http: Pick<HttpPort, 'get'>;
  readonly config: Pick<ConfigPort, 'read'>;
  readonly builtInTrust: BuiltInTrust;
}

/** @see trust-and-download.md 4.3, 4.4 */
export function createKeyHints({ http, config, builtInTrust }: Deps): KeyHints {
  const answers = new Map<string, readonly KeyHint[]>();

  async function lookUp(url: string, signal: AbortSignal): Promise<readonly KeyHint[]> {
    const known = answers.get(url);
    if (known !== undefined) return known;
    try {
      const { bytes } = await http.get(url, { limitBytes: maxKeyLookupBytes, timeoutMs, signal });
      const hints = parseKeyLookup(parseXml(decodeXml(bytes, url, maxKeyLookupBytes), { source: url }));
      if (hints === null) return [badHint('the answer is not understood')];
      answers.set(url, hints);
      return hints;
    } catch (error) {
      if (!isAppError(error)) throw error;
      return [badHint(error.code)];
    }
  }

  return {
    async about(feed, fingerprints, { signal, isOffline }) {
      const known = new Set(domainSpellings(feed).flatMap((domain) => builtInTrust[domain] ?? []));
      const result = new Map<string, readonly KeyHint[] | null>(
        fingerprints.map((fingerprint) => [fingerprint, known.has(fingerprint) ? [builtInHint] : null]),
      );
      if (fingerprints.some((fingerprint) => known.has(fingerprint))) return result;
      const { keyInfoServer, networkUse } = await config.read();
      const isSilent = isOffline || networkUse === 'off-line';
      const questions = fingerprints.map(async (fingerprint) => {
        const url = keyInfoServer === null ? null : keyLookupUrl(keyInfoServer, fingerprint);
        result.set(fingerprint, url === null || isSilent ? [] : await lookUp(url, signal));
      });
      await Promise.race(questions);
      return new Map(result);
    },
  };
}

const builtInHint: KeyHint = { vote: 'good', text: 'This key comes with Zerodesk.' };

function badHint(reason: string): KeyHint {
  return { vote: 'bad', text: `Nothing could be learned of this key: ${reason}` };
}
