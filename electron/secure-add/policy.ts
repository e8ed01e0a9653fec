import * as fs from 'node:fs';
import { Refusal } from './refusal.ts';
import { unless } from './ledger.ts';
import { defaultPolicy, type Policy } from './world.ts';

const maxFileBytes = 64 * 1024;

/**
 * Reads what the administrator allows. A file that somebody else could have written counts as broken, and a broken one stops
 * everything: falling back to other limits than the intended ones would help nobody.
 *
 * @throws Refusal `setup`
 */
export function readPolicy(file: string): Policy {
  const stat = unless('ENOENT', undefined, () => fs.lstatSync(file));
  if (stat === undefined) return defaultPolicy;
  const isTrusted = stat.isFile() && stat.uid === 0 && (stat.mode & 0o022) === 0 && stat.size <= maxFileBytes;
  if (!isTrusted) throw new Refusal('setup', 'the file of limits is not a file that only root can change');
  const policy = parsePolicy(fs.readFileSync(file, 'utf8'));
  if (policy === null) throw new Refusal('setup', 'the file of limits has something that is no limit');
  return policy;
}

/** @returns null if anything in it is unknown or no number */
export function parsePolicy(text: string): Policy | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  for (const [key, number] of Object.entries(value)) {
    const isLimit = typeof number === 'number' && Number.isSafeInteger(number) && number >= 0;
    if (!Object.hasOwn(defaultPolicy, key) || !isLimit) return null;
  }
  return { ...defaultPolicy, ...(value as Partial<Policy>) };
}
