import { type XmlElement, zeroInstallNamespace } from '../xml/element.ts';
import type { DigestName } from './model.ts';

const idAlgorithms = new Set(['sha1', 'sha1new', 'sha256']);

/**
 * All digests of a stored implementation: that of its id, then those of its `<manifest-digest>` children. Unknown
 * algorithms and malformed values are kept; only `parseDigestName` decides what may be part of a path.
 *
 * @see feeds.md 6.2
 */
export function readDigests(id: string, children: readonly XmlElement[]): readonly DigestName[] {
  const digests: DigestName[] = [];
  const equals = id.indexOf('=');
  if (equals > 0 && idAlgorithms.has(id.slice(0, equals))) {
    digests.push(digestName(id.slice(0, equals), id.slice(equals + 1)));
  }
  for (const child of children) {
    if (child.name !== 'manifest-digest' || child.namespace !== zeroInstallNamespace) continue;
    for (const algorithm in child.attributes) {
      if (algorithm.startsWith('{')) continue;
      const digest = digestName(algorithm, child.attributes[algorithm] ?? '');
      if (digests[0]?.directory !== digest.directory) digests.push(digest);
    }
  }
  return digests;
}

function digestName(algorithm: string, value: string): DigestName {
  const separator = idAlgorithms.has(algorithm) ? '=' : '_';
  return { algorithm, value, directory: algorithm + separator + value };
}
