import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { select } from '../../electron/core/select/select.ts';
import { parseSelections } from '../../electron/core/selections/parse.ts';
import { selectionsToXml } from '../../electron/core/selections/to-xml.ts';
import type { Selection, Selections } from '../../electron/core/selections/model.ts';
import type { XmlElement } from '../../electron/core/xml/element.ts';
import { elementsEqual, formatXml } from '../../electron/core/xml/format.ts';
import { parseXml } from '../../electron/core/xml/parse.ts';
import { fixturePath } from '../helpers/fixtures.ts';
import { loadSelectCase, type ExpectedSelection } from '../helpers/select-case.ts';

const root = fixturePath('conformance/select');
const names = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe('selection conformance', () => {
  let same = 0;
  afterAll(() => {
    console.log(`same as the reference: ${same} of ${names.length}`);
  });
  afterEach(({ task }) => {
    if (task.result?.state !== 'fail' && names.includes(task.name)) same++;
  });

  it('has all cases', () => {
    expect(names).toHaveLength(249);
  });

  it.each(names)('%s', (name) => {
    const directory = join(root, name);
    const { data, query, world, fill, nameOf } = loadSelectCase(directory);
    const answer = select(query, world);
    const { selections, error, error_kind: kind } = data.expected;
    if (selections === undefined && kind === 'fatal') {
      expect(answer.status).toBe('failed');
      return;
    }
    if (selections === undefined) {
      const report = answer.status === 'no-solution' ? answer.report : JSON.stringify(answer, null, 1);
      expect(report.replaceAll(/:\d+:\d+/g, ':{POS}')).toBe(fill(error ?? ''));
      return;
    }
    expect(answer).toMatchObject({ status: 'solved' });
    if (answer.status !== 'solved') return;
    expect(answer.selections.selections.map(summarize)).toEqual(
      selections.map((one) => ({
        ...one,
        interface: nameOf(one.interface),
        ...(one.from_feed === undefined ? {} : { from_feed: nameOf(fill(one.from_feed)) }),
      })),
    );
    const expected = parseXml(fill(readFileSync(join(directory, 'expected.xml'), 'utf8')), { source: 'expected.xml' });
    expectSameTree(selectionsToXml(answer.selections), expected);
    expectSameReading(answer.selections, parseSelections(expected));
  });
});

function summarize(selection: Selection): ExpectedSelection {
  const commands = selection.children
    .filter((child) => child.name === 'command')
    .map((child) => child.attributes['name'] ?? '');
  return {
    interface: selection.interface,
    id: selection.id,
    version: selection.version,
    ...(selection.isSource ? { source: true } : {}),
    ...(selection.fromFeed === selection.interface ? {} : { from_feed: selection.fromFeed }),
    ...(selection.requiresCompilation ? { requires_compilation: true } : {}),
    ...(commands.length === 0 ? {} : { commands }),
  };
}

function expectSameTree(actual: XmlElement, expected: XmlElement): void {
  if (!elementsEqual(actual, expected)) expect(formatXml(actual)).toBe(formatXml(expected));
  expect(elementsEqual(actual, expected)).toBe(true);
}

/** What selecting gives must be what reading the document gives. */
function expectSameReading(actual: Selections, expected: Selections): void {
  const plain = ({ selections, ...others }: Selections) => ({
    ...others,
    // Attributes have no order, so neither have the digests of a document.
    selections: selections.map(({ children: _, digests, ...one }) => ({ ...one, digests: [...digests].sort() })),
  });
  expect(plain(actual)).toEqual(plain(expected));
}
