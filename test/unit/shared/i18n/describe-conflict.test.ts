import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import { describeChange, describeObstacle, describeResolution } from '../../../../shared/i18n/describe-conflict.ts';
import { createIntl } from '../../../../shared/i18n/translator.ts';
import { rejectionKinds, type Comparison, type Obstacle, type Remedy } from '../../../../shared/model/decision.ts';

const intl = createIntl('en', english);
const nameOf = (uri: string): string => uri.toUpperCase();
const app = { interface: 'app', isSource: false };
const lib = { interface: 'lib', isSource: false };
const say = (obstacle: Obstacle): string => describeObstacle(intl, obstacle, nameOf);

const requires: Obstacle = {
  kind: 'requires',
  role: app,
  versions: ['2', '1'],
  command: null,
  target: lib,
  isEssential: true,
  restrictions: ['version 2..'],
  commands: ['run'],
  targetHasVersions: true,
  notes: [],
};

describe('describeObstacle', () => {
  it('says what was asked for', () => {
    const wanted: Obstacle = { kind: 'wanted', role: app, command: null, hasVersions: true, notes: [] };
    expect(say(wanted)).toBe('APP is wanted.');
    expect(say({ ...wanted, command: 'test' })).toBe('APP is wanted with the command “test”.');
    expect(say({ ...wanted, hasVersions: false, notes: ["Main feed 'app' not available"] })).toBe(
      "APP is wanted. No version of APP is known. Main feed 'app' not available.",
    );
  });

  it('says what versions ask for', () => {
    expect(say(requires)).toBe('APP 2 and 1 require LIB (version 2.. and the command “run”).');
    expect(say({ ...requires, restrictions: [], commands: [], versions: ['1', '2', '3', '4', '5', '6', '7'] })).toBe(
      'APP 1, 2, 3, 4, 5 and 2 more require LIB.',
    );
    const source = {
      ...requires,
      target: { ...lib, isSource: true },
      command: 'run',
      isEssential: false,
      commands: [],
    };
    expect(say(source)).toBe('APP 2 and 1 (command “run”) go only with the source code of LIB (version 2..).');
  });

  it('has a sentence for each reason against versions', () => {
    const sentences = rejectionKinds.map((why) =>
      say({ kind: 'rejected', role: lib, why, versions: ['3'], reasons: [] }),
    );
    expect(new Set(sentences).size).toBe(rejectionKinds.length);
    for (const sentence of sentences) expect(sentence).toContain('LIB 3');
  });

  it('makes foreign text harmless', () => {
    expect(say({ ...requires, restrictions: ['version \u001b[31m\u202e1'], commands: [] })).toBe(
      'APP 2 and 1 require LIB (version  [31m 1).',
    );
  });
});

describe('describeResolution', () => {
  it('has words for each remedy', () => {
    const version = { id: 'x', fromFeed: 'lib', version: '3' };
    const remedies: readonly Remedy[] = [
      { kind: 'rate', role: lib, version, level: 'buggy', rating: 'testing' },
      { kind: 'unrate', role: lib, version, level: 'insecure' },
      { kind: 'drop-restriction', interface: 'lib', restriction: '..!2' },
      { kind: 'go-online' },
      { kind: 'platform', os: 'Windows', cpu: null },
      { kind: 'command', command: 'test' },
      { kind: 'compile' },
    ];
    const preview = {} as Comparison;
    const of = (list: readonly Remedy[]) =>
      describeResolution(intl, { remedies: [...list], draft: {}, preview }, nameOf);
    expect(remedies.map((remedy) => of([remedy]))).toEqual([
      'Allow LIB 3 although it is marked buggy',
      'Remove your rating “insecure” of LIB 3',
      'Drop your restriction of LIB to ..!2',
      'Allow the network',
      'Select for Windows',
      'Use the command “test”',
      'Compile from source code',
    ]);
    expect(of(remedies.slice(3, 5))).toBe('Allow the network and Select for Windows');
  });
});

describe('describeChange', () => {
  it('says what comes, goes and changes', () => {
    const [one, two, other] = ['1', '2', '1'].map((version, index) => ({ id: `i${index}`, fromFeed: 'lib', version }));
    const of = (from: typeof one | null, to: typeof one | null) =>
      describeChange(intl, { role: lib, name: 'Lib', from: from ?? null, to: to ?? null }, nameOf);
    expect([of(null, one), of(one, null), of(one, two), of(one, other)]).toEqual([
      'LIB 1',
      'LIB no longer used',
      'LIB 1 → 2',
      'LIB i0 → i2',
    ]);
  });
});
