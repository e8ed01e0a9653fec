import { describe, expect, it } from 'vitest';
import { explain } from '../../../../../electron/core/select/explain.ts';
import { formatExplanation } from '../../../../../electron/core/select/explain-text.ts';
import type { ExplainQuery, Overrides } from '../../../../../electron/core/select/model.ts';
import type { SelectWorld } from '../../../../../electron/core/select/world.ts';
import { memoryWorld, queryFor, uriOf } from '../../../../helpers/memory-world.ts';

const archive = '<archive href="https://example.com/a.tgz" size="10"/>';
const version = (id: string, number: string, more = '', body = '') =>
  `<implementation id="${id}" version="${number}" stability="stable" ${more}>${archive}${body}</implementation>`;
const needs = (name: string, more = '') => `<requires interface="${uriOf(name)}" ${more}/>`;

/** What the reference would say about versions of a component of `app`. */
function texts(world: SelectWorld, component: string, which: string, overrides?: Overrides): readonly string[] {
  const role = { interface: uriOf(component), isSource: false };
  const query: ExplainQuery = { ...queryFor('app'), role, which: { text: which } };
  return explain(overrides === undefined ? query : { ...query, overrides }, world).map(formatExplanation);
}

const lib = uriOf('lib');

describe('explain', () => {
  const world = memoryWorld({
    app: version('a2', '2', 'main="x"', needs('lib', 'version="..!9"')) + version('a1', '01.0', 'main="x"'),
    lib:
      version('l9', '9') +
      version('l4', '4', '', needs('app', 'version="1.0"')) +
      version('l3', '3') +
      version('long-id-of-eighteen', '3', 'arch="*-i386"') +
      version('l2', '2', 'arch="Windows-*"') +
      `<implementation id="l5" version="5" stability="testing">${archive}</implementation>`,
    other: version('o1', '1'),
  });

  it('was selected', () => {
    expect(texts(world, 'app', '2')).toEqual([`${uriOf('app')} 2 was selected as the preferred version.`]);
    expect(texts(world, 'lib', 'l3')).toEqual([`${lib} 3 was selected as the preferred version.`]);
  });

  it('cannot be used', () => {
    const reason = 'Not compatible with the requested OS type';
    expect(texts(world, 'lib', '2')).toEqual([`${lib} 2 cannot be used (regardless of other components): ${reason}`]);
  });

  it('does not exist', () => {
    expect(texts(world, 'lib', '7')).toEqual([`Implementation to consider (${lib} 7) does not exist!`]);
  });

  it('has no possible selection, with the failure report of the one with this version only', () => {
    const one = memoryWorld({
      app: version('a', '1', 'main="x"', needs('lib', 'version="..!9"')),
      lib: version('l9', '9') + version('l8', '8'),
    });
    expect(texts(one, 'lib', '9')[0]!.split('\n')).toEqual([
      `There is no possible selection using ${lib} 9.`,
      "Can't find all required implementations:",
      `- ${uriOf('app')} -> v1 (a)`,
      `- ${lib} -> (problem)`,
      `    ${uriOf('app')} 1 requires version ..!9`,
      '    Rejected candidates:',
      '      v9 (l9): Incompatible with restriction: version ..!9',
    ]);
  });

  it('ranks lower', () => {
    expect(texts(world, 'app', '1.0')).toEqual(['1.0 is ranked lower than 2: newer versions are preferred']);
    expect(texts(world, 'lib', '5')).toEqual(['5 is ranked lower than 3: more stable versions preferred']);
  });

  it('tells versions of the same number apart by their ids, long ones cut', () => {
    const world32 = memoryWorld({
      app: version('a', '1', 'main="x"', needs('lib')),
      lib:
        version('seventeen-letters', '3') +
        version('eighteen-letters-x', '3.0', 'arch="*-x86_64"') +
        version('z', '3.0'),
    });
    expect(texts(world32, 'lib', '3.0')).toEqual([
      `${lib} 3.0 was selected as the preferred version.`,
      '3.0 (z) is ranked lower than 3.0 (eighteen-letters...): better CPU match',
    ]);
    expect(texts(world32, 'lib', '3')).toEqual(['3 is ranked lower than 3.0: newer versions are preferred']);
  });

  it('is selectable, but less optimal', () => {
    const less = 'is selectable, but using it would produce a less optimal solution overall.';
    const changes = ['', '', 'The changes would be:', '', `${uriOf('app')}: 2 to 01.0`].join('\n');
    expect(texts(world, 'lib', '4')).toEqual([`${lib} 4 ${less}${changes}`]);
    expect(texts(world, 'lib', '9')).toEqual([`${lib} 9 ${less}${changes}`]);
  });

  it('lists what else would change: versions, ids and what is no longer used', () => {
    const chain = memoryWorld({
      app: version('a', '1', 'main="x"', needs('one') + needs('two')),
      one: version('o2', '2', '', needs('extra')) + version('o1', '1'),
      two: version('t2', '2', '', needs('one', 'version="1"')) + version('t1', '1'),
      extra: version('e', '1'),
    });
    expect(texts(chain, 'two', '2')).toEqual([
      [
        `${uriOf('two')} 2 is selectable, but using it would produce a less optimal solution overall.`,
        '',
        'The changes would be:',
        '',
        `${uriOf('extra')}: no longer used`,
        `${uriOf('one')}: 2 to 1`,
      ].join('\n'),
    ]);
    const ids = memoryWorld({
      app: version('a', '1', 'main="x"', needs('one') + needs('two')),
      one: version('o1', '1') + version('o0', '1'),
      two: version('t2', '2', '', needs('one', `version="=${uriOf('one')}/o0"`)) + version('t1', '1'),
    });
    expect(texts(ids, 'two', '2')[0]!.split('\n').at(-1)).toBe(`${uriOf('one')}: o1 to o0`);
  });

  it('would not be used even if it were the only option', () => {
    // Nothing looks at this component, so its version never comes to light.
    expect(texts(world, 'other', '1')).toEqual([
      `If ${uriOf('other')} o1 were the only option, the best available solution wouldn't use it.`,
    ]);
    expect(texts(world, 'other', 'nothing')).toEqual([
      `Implementation to consider (${uriOf('other')} nothing) does not exist!`,
    ]);
  });

  it('asks with what is overridden', () => {
    expect(texts(world, 'lib', '5', { helpWithTesting: true })).toEqual([
      `${lib} 5 was selected as the preferred version.`,
    ]);
    expect(texts(world, 'lib', 'l3', { ratings: { [lib]: { l3: 'buggy' } } })).toEqual([
      `${lib} 3 cannot be used (regardless of other components): Poor stability 'buggy'`,
    ]);
  });
});
