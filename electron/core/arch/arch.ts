import { AppError } from '../../../shared/errors/app-error.ts';

/** An `OS-CPU` text in two; `null` means any. */
export interface Arch {
  readonly os: string | null;
  readonly cpu: string | null;
}

/** Rank of `*`: worse than every real match. @see selection.md 7.5 */
export const anyRank = 100;

/** What else runs on a target besides itself (rank 1), best first after it. @see selection.md 5.2 */
const osAlso: Readonly<Record<string, readonly string[]>> = {
  Windows: [],
  Cygwin: ['POSIX', 'Windows'],
  MacOSX: ['POSIX', 'Darwin'],
};
const posixOnly = ['POSIX'] as const;

/** Systems of the same rank: everything a target runs besides itself has rank 2. */
const otherOsRank = 2;

interface CpuFamily {
  /** Ranks 2, 3, … in this order. */
  readonly also: readonly string[];
  readonly needsMultiArch: boolean;
}

/** @see selection.md 5.3 */
const cpuAlso: Readonly<Record<string, CpuFamily>> = {
  i486: { also: ['i386'], needsMultiArch: false },
  i586: { also: ['i486', 'i386'], needsMultiArch: false },
  i686: { also: ['i586', 'i486', 'i386'], needsMultiArch: false },
  x86_64: { also: ['i686', 'i586', 'i486', 'i386'], needsMultiArch: true },
  ppc: { also: ['ppc32'], needsMultiArch: false },
  ppc64: { also: ['ppc'], needsMultiArch: true },
  armv7l: { also: ['armv6l'], needsMultiArch: false },
  aarch64: { also: ['armv7l', 'armv6l'], needsMultiArch: true },
};

/**
 * Splits an architecture. Names are not checked against any list: an unknown one only matches itself. The empty text
 * means anything, as if it were absent.
 *
 * @throws AppError `bad-arch` unless there is exactly one hyphen
 * @see feeds.md 9.1
 */
export function splitArch(text: string): Arch {
  if (text === '') return { os: null, cpu: null };
  const hyphen = text.indexOf('-');
  if (hyphen < 0 || text.includes('-', hyphen + 1)) throw new AppError('bad-arch', { text });
  const os = text.slice(0, hyphen);
  const cpu = text.slice(hyphen + 1);
  return { os: os === '*' ? null : os, cpu: cpu === '*' ? null : cpu };
}

/**
 * How well something for `os` fits a target system.
 *
 * @returns 1 for the best, `anyRank` if it is for all systems, null if it does not run there
 */
export function osRank(target: string, os: string | null): number | null {
  if (os === null) return anyRank;
  if (os === target) return 1;
  const also = Object.hasOwn(osAlso, target) ? osAlso[target] : posixOnly;
  return also?.includes(os) === true ? otherOsRank : null;
}

/**
 * How well something for `cpu` fits a target processor. Source code (`src`) runs nowhere.
 *
 * @param hasMultiArch whether 32-bit programs run on this 64-bit system (selection.md 5.3)
 * @returns 1 for the best, `anyRank` if it is for all processors, null if it does not run there
 */
export function cpuRank(target: string, cpu: string | null, hasMultiArch: boolean): number | null {
  if (cpu === null) return anyRank;
  if (cpu === 'src') return null;
  if (cpu === target) return 1;
  const family = Object.hasOwn(cpuAlso, target) ? cpuAlso[target] : undefined;
  if (family === undefined || (family.needsMultiArch && !hasMultiArch)) return null;
  const index = family.also.indexOf(cpu);
  return index < 0 ? null : index + 2;
}

/** Programs of different groups cannot be loaded together; `null` (any processor, source) goes with all. */
export function machineGroup(cpu: string | null): '64' | 'def' | null {
  if (cpu === null || cpu === 'src') return null;
  return cpu === 'x86_64' || cpu === 'ppc64' ? '64' : 'def';
}
