import { describe, expect, it } from 'vitest';
import { commonOptions, findCommand } from '../../../../electron/cli/option-table.ts';
import { lastValue, parseLine } from '../../../../electron/cli/options.ts';
import { formatInterval, parseInterval } from '../../../../electron/cli/interval.ts';
import { readRequirements } from '../../../../electron/cli/requirements.ts';
import { commandUsage, generalUsage } from '../../../../electron/cli/usage.ts';

function parse(line: string) {
  const argv = line.split(' ');
  const command = findCommand(argv.filter((word) => !word.startsWith('-')));
  return parseLine(argv, {
    specs: [...(command?.options ?? []), ...commonOptions],
    endsAfter: (words) => words[0] === 'run' && words.length >= 2,
  });
}

const uri = 'https://example.com/a.xml';
const requirements = (line: string) =>
  readRequirements(uri, parse(`select ${line} ${uri}`.replace(/ +/g, ' ')).options);

describe('the command line', () => {
  it('takes options before and after the command, and values either way', () => {
    const { options, words } = parse(`--os=Linux select --cpu x86_64 ${uri} --xml`);
    expect(words).toEqual(['select', uri]);
    expect(lastValue(options, 'os')).toBe('Linux');
    expect(lastValue(options, 'cpu')).toBe('x86_64');
    expect(options.has('xml')).toBe(true);
  });

  it('takes bundles of short options', () => {
    const { options } = parse(`select -cvvo ${uri}`);
    expect(options.get('verbose')).toHaveLength(2);
    expect(options.has('console') && options.has('offline')).toBe(true);
  });

  it('leaves everything behind the program to the program', () => {
    expect(parse(`run -o ${uri} --xml -x -- y`).words).toEqual(['run', uri, '--xml', '-x', '--', 'y']);
  });

  it('gives -m the meaning of its command', () => {
    expect(lastValue(parse(`run -m bin/x ${uri}`).options, 'main')).toBe('bin/x');
    expect(parse('digest -m dir').options.has('manifest')).toBe(true);
  });

  it.each(['select --nonsense x', 'select -q x', 'select --os', 'select --xml=yes x', 'select --version-for a'])(
    'refuses "%s"',
    (line) => {
      expect(() => parse(line)).toThrow(/usage/);
    },
  );

  it('names every command and its options in the usage', () => {
    expect(generalUsage()).toContain('0desk store verify');
    expect(generalUsage('store')).not.toContain('0desk select');
    const select = findCommand(['select']);
    if (!select) throw new Error('no select');
    expect(commandUsage(select)).toMatch(/^Usage: 0desk select \[OPTIONS\] APP \| URI\n/);
    expect(commandUsage(select)).toContain('--not-before=VERSION');
    expect(
      Math.max(
        ...commandUsage(select)
          .split('\n')
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(100);
  });
});

describe('requirements of options', () => {
  it('asks for run, and compile for source', () => {
    expect(requirements('').command).toBe('run');
    expect(requirements('--source')).toMatchObject({ command: 'compile', isSource: true });
    expect(requirements('--command=').command).toBeNull();
  });

  it('takes * and nothing for this machine', () => {
    expect(requirements('--os=* --cpu=')).toMatchObject({ os: null, cpu: null });
  });

  it.each([
    ['--before=3', '..!3'],
    ['--not-before=2', '2..'],
    ['--not-before=2 --before=3', '2..!3'],
    ['--version=1 --before=3', '1'],
    ['--before=3 --version=1', '1'],
  ])('%s restricts the program to %s', (line, expression) => {
    expect(requirements(line).restrictions).toEqual({ [uri]: expression });
  });

  it('lets a later restriction replace an earlier one, and an empty one remove it', () => {
    expect(requirements('--version=1 --version=2').restrictions).toEqual({ [uri]: '2' });
    expect(requirements('--version=1 --version=').restrictions).toEqual({});
    expect(requirements('--version-for https://b/c 1 --version-for https://b/c 2').restrictions).toEqual({
      'https://b/c': '2',
    });
  });
});

describe('intervals', () => {
  it.each([
    [2592000, '30d'],
    [90, '1.5m'],
    [0, '0s'],
    [3600, '1h'],
    [5, '5s'],
  ])('%d seconds are %s', (seconds, text) => {
    expect(formatInterval(seconds)).toBe(text);
  });

  it.each([
    ['30d', 2592000],
    ['0', 0],
    ['1.5m', 90],
    ['2h', 7200],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseInterval(text)).toBe(seconds);
  });

  it.each(['', '5', '3q', '-1d', 'd', '1e9d'])('refuses "%s"', (text) => {
    expect(() => parseInterval(text)).toThrow(/usage/);
  });
});
