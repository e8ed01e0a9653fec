/** What the kernel says about the machine. */
export interface Uname {
  /** `Linux`, `Darwin`, `SunOS`, `CYGWIN_NT-10.0`, `Windows_NT` … */
  readonly system: string;
  /** `x86_64`, `arm64`, `i86pc` … */
  readonly machine: string;
}

/** What else has to be known, on the systems where the kernel does not say all. */
export interface HostFacts {
  /** macOS: whether the Carbon framework is installed. */
  readonly hasCarbon?: boolean;
  /** macOS: whether the processor can run 64-bit programs even though the kernel says `i386`. */
  readonly is64BitCapable?: boolean;
  /** Windows: whether the variable of the 32-bit program folder exists. */
  readonly hasProgramFiles32?: boolean;
}

const cpuAliases: Readonly<Record<string, string>> = {
  all: '*',
  any: '*',
  noarch: '*',
  '(none)': '*',
  amd64: 'x86_64',
  x86: 'i386',
  i86pc: 'i686',
  armhf: 'armv6l',
  armv6h: 'armv6l',
  arm64: 'aarch64',
};

/**
 * The feed format's name of a processor as hosts and package managers call it; `*` for independent packages. Unknown
 * names stay as they are.
 *
 * @see selection.md 5.1
 */
export function canonicalCpu(name: string): string {
  const lower = name.toLowerCase();
  return (Object.hasOwn(cpuAliases, lower) ? cpuAliases[lower] : undefined) ?? name;
}

/** The feed format's names of the system and processor of a host. @see selection.md 5.1 */
export function hostFromUname(uname: Uname, facts: HostFacts = {}): { readonly os: string; readonly cpu: string } {
  const { system } = uname;
  const cpu = canonicalCpu(uname.machine);
  if (system === 'Windows' || system === 'Windows_NT') {
    return { os: 'Windows', cpu: facts.hasProgramFiles32 === true ? 'x86_64' : 'i686' };
  }
  if (system === 'Darwin') {
    return {
      os: facts.hasCarbon === true ? 'MacOSX' : 'Darwin',
      cpu: cpu === 'i386' && facts.is64BitCapable === true ? 'x86_64' : cpu,
    };
  }
  if (system.startsWith('CYGWIN_NT')) return { os: 'Cygwin', cpu };
  return { os: system === 'SunOS' ? 'Solaris' : system, cpu };
}
