import { describe, expect, it } from 'vitest';
import { anyRank, cpuRank, machineGroup, osRank, splitArch } from '../../../../../electron/core/arch/arch.ts';
import { canonicalCpu, hostFromUname } from '../../../../../electron/core/arch/host.ts';

describe('splitArch', () => {
  it('splits at the only hyphen', () => {
    expect(splitArch('Linux-x86_64')).toEqual({ os: 'Linux', cpu: 'x86_64' });
    expect(splitArch('*-src')).toEqual({ os: null, cpu: 'src' });
    expect(splitArch('*-*')).toEqual({ os: null, cpu: null });
    expect(splitArch('Plan9-')).toEqual({ os: 'Plan9', cpu: '' });
  });

  it('takes the empty text for anything', () => {
    expect(splitArch('')).toEqual({ os: null, cpu: null });
  });

  it.each(['Linux', 'a-b-c', '--'])('refuses %s', (text) => {
    expect(() => splitArch(text)).toThrow(expect.objectContaining({ code: 'bad-arch', params: { text } }) as Error);
  });
});

describe('compatibility', () => {
  it('knows which systems run what', () => {
    expect(osRank('Linux', 'Linux')).toBe(1);
    expect(osRank('Linux', 'POSIX')).toBe(2);
    expect(osRank('Linux', null)).toBe(anyRank);
    expect(osRank('Linux', 'Windows')).toBeNull();
    expect(osRank('Windows', 'POSIX')).toBeNull();
    expect(osRank('Cygwin', 'Windows')).toBe(2);
    expect(osRank('MacOSX', 'Darwin')).toBe(2);
    expect(osRank('Darwin', 'MacOSX')).toBeNull();
    expect(osRank('constructor', 'POSIX')).toBe(2);
  });

  it('knows which processors run what', () => {
    expect(cpuRank('x86_64', 'x86_64', false)).toBe(1);
    expect(['i686', 'i586', 'i486', 'i386'].map((cpu) => cpuRank('x86_64', cpu, true))).toEqual([2, 3, 4, 5]);
    expect(cpuRank('x86_64', 'i386', false)).toBeNull();
    expect(cpuRank('i686', 'i386', false)).toBe(4);
    expect(cpuRank('i386', 'i486', true)).toBeNull();
    expect(cpuRank('ppc', 'ppc32', false)).toBe(2);
    expect(cpuRank('ppc64', 'ppc', false)).toBeNull();
    expect(cpuRank('ppc64', 'ppc32', true)).toBeNull();
    expect(cpuRank('aarch64', 'armv6l', true)).toBe(3);
    expect(cpuRank('aarch64', null, false)).toBe(anyRank);
    expect(cpuRank('src', 'src', true)).toBeNull();
  });

  it('groups machines as the reference does', () => {
    expect(['x86_64', 'ppc64', 'aarch64', 'i386', 'src', null].map(machineGroup)).toEqual([
      ...['64', '64', 'def', 'def', null, null],
    ]);
  });
});

describe('the host', () => {
  it('is named as feeds do', () => {
    expect(hostFromUname({ system: 'Linux', machine: 'amd64' })).toEqual({ os: 'Linux', cpu: 'x86_64' });
    expect(hostFromUname({ system: 'SunOS', machine: 'i86pc' })).toEqual({ os: 'Solaris', cpu: 'i686' });
    expect(hostFromUname({ system: 'CYGWIN_NT-10.0', machine: 'x86_64' })).toEqual({ os: 'Cygwin', cpu: 'x86_64' });
    expect(hostFromUname({ system: 'Darwin', machine: 'arm64' }, { hasCarbon: true })).toEqual({
      os: 'MacOSX',
      cpu: 'aarch64',
    });
    expect(hostFromUname({ system: 'Darwin', machine: 'i386' }, { is64BitCapable: true })).toEqual({
      os: 'Darwin',
      cpu: 'x86_64',
    });
    expect(hostFromUname({ system: 'Windows_NT', machine: 'x86_64' })).toEqual({ os: 'Windows', cpu: 'i686' });
  });

  it('knows the other names of processors', () => {
    expect(['ALL', '(none)', 'armhf', 'x86', 'riscv64', 'toString'].map(canonicalCpu)).toEqual([
      ...['*', '*', 'armv6l', 'i386', 'riscv64', 'toString'],
    ]);
  });
});
