// Digests of trees. Written apart from the program's own code on purpose: the samples are a check of it.

import { createHash } from 'node:crypto';
import { compareBytes, directoriesOf } from './tree.mjs';

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * @param {'sha1new' | 'sha256' | 'sha256new'} algorithm
 * @returns {string} the value without the algorithm's name
 */
export function digestTree(tree, algorithm) {
  const hashName = algorithm === 'sha1new' ? 'sha1' : 'sha256';
  const hash = createHash(hashName).update(manifestOf(tree, hashName)).digest();
  return algorithm === 'sha256new' ? base32(hash) : hash.toString('hex');
}

/** The manifest in the new format: in each directory first what lies in it, then its directories. */
export function manifestOf(tree, hashName) {
  const lines = [];
  const listDirectory = (directory) => {
    const inside = [...tree.keys()].filter((name) => parentOf(name) === directory).sort(compareBytes);
    for (const name of inside) lines.push(lineOf(name, tree.get(name), hashName));
    const below = directoriesOf(tree).filter((name) => parentOf(name) === directory);
    for (const name of below) {
      lines.push(`D /${name}`);
      listDirectory(name);
    }
  };
  listDirectory('');
  return lines.map((line) => `${line}\n`).join('');
}

function lineOf(name, entry, hashName) {
  const leaf = name.slice(name.lastIndexOf('/') + 1);
  const content = entry.type === 'symlink' ? Buffer.from(entry.target) : entry.data;
  const hash = createHash(hashName).update(content).digest('hex');
  if (entry.type === 'symlink') return `S ${hash} ${content.length} ${leaf}`;
  return `${entry.isExecutable ? 'X' : 'F'} ${hash} ${entry.mtime} ${content.length} ${leaf}`;
}

function parentOf(name) {
  const slash = name.lastIndexOf('/');
  return slash < 0 ? '' : name.slice(0, slash);
}

function base32(bytes) {
  let result = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      result += base32Alphabet[(value >>> bits) & 31];
    }
    value &= (1 << bits) - 1;
  }
  return bits > 0 ? result + base32Alphabet[(value << (5 - bits)) & 31] : result;
}
