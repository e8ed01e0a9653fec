import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import english from '../../../assets/locales/en.json' with { type: 'json' };
import { downloadKey } from '../../../electron/adapters/http/download.ts';
import { createHttp, type HttpOptions } from '../../../electron/adapters/http/http.ts';
import { isNetworkFailure } from '../../../electron/core/trust/mirror.ts';
import { toErrorData } from '../../../shared/errors/app-error.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { describeError } from '../../../shared/i18n/describe-error.ts';
import { createIntl } from '../../../shared/i18n/translator.ts';

/** The file that all transfers want. */
export const content = Buffer.from(
  Uint8Array.from({ length: 200_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff),
);

/** Waits of a moment, and two tries of everything. */
export const limits = {
  connectMs: 400,
  silenceMs: 500,
  tries: 2,
  triesOfSmall: 2,
  backOffMs: 2,
  trickleBytes: 5000,
};

/** What must come of a fault. */
export interface Outcome {
  /** `null`: it does no harm, and the file arrives. */
  readonly code: ErrorCode | null;
  /** In the sentence besides the host. */
  readonly says?: readonly (string | RegExp)[];
  /** Requests that are made; more than one if it is worth trying again. */
  readonly tries?: number;
  /** Kept for the next attempt; nothing unless given. */
  readonly keptBytes?: number | 'some';
  /** No other source can help. */
  readonly isFinal?: boolean;
  /** A small body instead of an archive. */
  readonly isSmall?: boolean;
  /** Left by an earlier attempt, with the tag `"good"`; the end of the file is another one. */
  readonly partBytes?: number;
}

/** Where a fault is met. */
export interface FaultPlace {
  readonly url: string;
  /** Host, or host and port, that the sentence must name. */
  readonly host: string;
  /** Below this every case gets a directory of its own. */
  readonly base: string;
  readonly http?: Partial<HttpOptions> | undefined;
  readonly requests: () => number;
  /** Told of what has arrived. */
  readonly onTaken?: (bytes: number) => void;
  /** Makes everything right again. @returns where it is right now */
  readonly repair: () => string;
}

const words = createIntl('en', english);

/** A problem in the words a person reads. */
export function sentenceOf(error: unknown): string {
  return describeError(words, toErrorData(error)).sentence;
}

/** Meets a fault, looks at what is said and kept, then fetches from a good server into the same place. */
export async function meetFault(outcome: Outcome, place: FaultPlace): Promise<void> {
  const downloadDir = path.join(mkdtempSync(path.join(place.base, 'case-')), 'downloads');
  mkdirSync(downloadDir);
  const http = createHttp({ userAgent: 'Zerodesk/test', downloadDir, env: {}, limits, ...place.http });
  const partOf = (url: string): string => path.join(downloadDir, downloadKey(url, content.length));
  try {
    if (outcome.partBytes !== undefined) {
      writeFileSync(`${partOf(place.url)}.part`, content.subarray(0, outcome.partBytes));
      writeFileSync(`${partOf(place.url)}.json`, JSON.stringify({ etag: '"good"', lastModified: null }));
    }
    const onProgress = ({ receivedBytes }: { readonly receivedBytes: number }): void => place.onTaken?.(receivedBytes);
    const fetchFrom = async (url: string): Promise<Buffer> => {
      if (outcome.isSmall === true)
        return Buffer.from((await http.get(url, { limitBytes: 300_000, onProgress })).bytes);
      const file = await http.download(url, { sizeBytes: content.length, onProgress });
      const bytes = readFileSync(file.path);
      await file.discard();
      return bytes;
    };
    const result = await fetchFrom(place.url).catch((error: unknown) => error);
    if (outcome.code === null) {
      expect(result).toBeInstanceOf(Buffer);
      expect((result as Buffer).equals(content)).toBe(true);
    } else {
      expect(result).toMatchObject({ code: outcome.code });
      const sentence = sentenceOf(result);
      expect(sentence).toContain(place.host);
      for (const said of outcome.says ?? []) expect(sentence).toMatch(said);
      expect(sentence).not.toMatch(/\b(?:ERR_|UND_|HPE_|E[A-Z]{5,}|undefined|null)/);
      expect(isNetworkFailure(result)).toBe(outcome.isFinal !== true);
    }
    if (outcome.tries !== undefined) expect(place.requests()).toBe(outcome.tries);
    const kept = readdirSync(downloadDir).filter((name) => name.endsWith('.part'));
    const bytes = kept.map((name) => statSync(path.join(downloadDir, name)).size);
    if (outcome.keptBytes === 'some') expect(bytes).toHaveLength(1);
    else expect(bytes).toEqual(outcome.keptBytes === undefined ? [] : [outcome.keptBytes]);
    for (const name of kept) {
      const part = readFileSync(path.join(downloadDir, name));
      expect(part.equals(content.subarray(0, part.length))).toBe(true);
    }

    expect((await fetchFrom(place.repair())).equals(content)).toBe(true);
  } finally {
    await http.close();
  }
  expect(readdirSync(downloadDir).filter((name) => name.endsWith('.part') && outcome.code === null)).toEqual([]);
}
