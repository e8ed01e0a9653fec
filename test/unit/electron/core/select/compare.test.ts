import { describe, expect, it } from 'vitest';
import { compareSelections } from '../../../../../electron/core/select/compare.ts';
import { mergeDrafts, withDraft } from '../../../../../electron/core/select/draft.ts';
import type { Overrides } from '../../../../../electron/core/select/model.ts';
import { select } from '../../../../../electron/core/select/select.ts';
import { memoryWorld, queryFor, uriOf } from '../../../../helpers/memory-world.ts';

const version = (id: string, number: string, size: number, more = '', body = '') =>
  `<implementation id="${id}" version="${number}" stability="stable" ${more}><manifest-digest sha256new="${id}"/>
    <archive href="https://example.com/${id}.tgz" size="${size}"/>${body}</implementation>`;

const lib = uriOf('lib');
const world = memoryWorld(
  {
    app: version('a', '1', 1, 'main="x"', `<requires interface="${lib}"/>`),
    lib:
      version('l1', '1', 10) +
      version('l2', '2', 200, '', `<requires interface="${uriOf('extra')}"/>`) +
      version('t3', '3', 3000).replace('stability="stable"', 'stability="testing"'),
    extra: version('e', '1', 5),
    more: version('m', '4', 7),
    registered: version('r', '0.5', 3),
  },
  {
    interfacePreferences: (uri) => ({
      policy: null,
      feeds: uri === lib ? [{ src: uriOf('registered'), os: null, cpu: null }] : [],
    }),
  },
);

function changesOf(draft: Overrides) {
  const { changes, fetchBytes, missingFeeds, after } = compareSelections({ ...queryFor('app'), draft }, world);
  const texts = changes.map(({ name, from, to }) => `${name} ${from?.version ?? '-'} ${to?.version ?? '-'}`);
  return { texts, fetchBytes, missingFeeds, status: after.status };
}

describe('compareSelections', () => {
  it('finds nothing in an empty draft', () => {
    expect(changesOf({})).toEqual({
      texts: [],
      fetchBytes: { before: 206, after: 206 },
      missingFeeds: [],
      status: 'solved',
    });
  });

  it.each<[string, Overrides, readonly string[], number]>([
    ['ratings', { ratings: { [lib]: { l2: 'buggy' } } }, ['extra 1 -', 'lib 2 1'], 11],
    ['policies', { policies: { [lib]: 'testing' } }, ['extra 1 -', 'lib 2 3'], 3001],
    ['help with testing', { helpWithTesting: true }, ['extra 1 -', 'lib 2 3'], 3001],
    ['restrictions', { restrictions: { [lib]: '..!2' } }, ['extra 1 -', 'lib 2 1'], 11],
    ['added feeds', { feeds: { [lib]: { added: [uriOf('more')] } } }, ['extra 1 -', 'lib 2 4'], 8],
    [
      'removed feeds',
      { feeds: { [lib]: { removed: [uriOf('registered')] } }, restrictions: { [lib]: '..!1' } },
      ['extra 1 -', 'lib 2 -'],
      1,
    ],
    ['feeds that stay', { restrictions: { [lib]: '..!1' } }, ['extra 1 -', 'lib 2 0.5'], 4],
  ])('shows what %s would change', (_, draft, texts, bytes) => {
    expect(changesOf(draft)).toMatchObject({ texts, fetchBytes: { before: 206, after: bytes } });
  });

  it('names feeds that would have to be fetched, and says if there would be no solution', () => {
    const missing = 'https://example.com/gone.xml';
    expect(changesOf({ feeds: { [lib]: { added: [missing] } } })).toMatchObject({ texts: [], missingFeeds: [missing] });
    expect(changesOf({ networkUse: 'off-line' })).toMatchObject({ status: 'no-solution' });
    expect(changesOf({ command: 'other' })).toMatchObject({ status: 'no-solution' });
  });

  it('takes a restriction away', () => {
    const query = queryFor('app');
    const restricted = { ...query, requirements: { ...query.requirements, restrictions: { [lib]: '1' } } };
    const { changes } = compareSelections({ ...restricted, draft: { restrictions: { [lib]: null } } }, world);
    expect(changes.map(({ to }) => to?.id)).toEqual(['l2', 'e']);
  });

  it('selects what it has shown', () => {
    const draft: Overrides = {
      ratings: { [lib]: { l2: 'buggy' } },
      helpWithTesting: true,
      restrictions: { [lib]: '..!3' },
    };
    const answer = select(withDraft(queryFor('app'), draft), world);
    expect(answer).toMatchObject({ status: 'solved', selections: { selections: [{ id: 'a' }, { id: 'l1' }] } });
  });
});

describe('mergeDrafts', () => {
  it('joins what does not meet, and takes the second where it does', () => {
    const one: Overrides = { ratings: { f: { a: 'buggy', b: 'stable' } }, os: 'Linux', policies: { i: 'testing' } };
    const other: Overrides = { ratings: { f: { a: null }, g: { c: 'stable' } }, os: null };
    expect(mergeDrafts(one, other)).toMatchObject({
      ratings: { f: { a: null, b: 'stable' }, g: { c: 'stable' } },
      policies: { i: 'testing' },
      os: null,
    });
  });
});
