import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteShellWord, splitShellWords } from '../../../shared/shell-words.ts';

describe('words as in a shell', () => {
  it.each([
    ['', []],
    ['  a  b\t', ['a', 'b']],
    ["--new 'two words' x", ['--new', 'two words', 'x']],
    ['"a \\"b\\" \\n"', ['a "b" \\n']],
    ["a''b ''", ['ab', '']],
    ['a\\ b \\\\', ['a b', '\\']],
    ['$HOME *.txt ~', ['$HOME', '*.txt', '~']],
  ])('%j are %j [W9]', (line, words) => {
    expect(splitShellWords(line)).toEqual({ words, problem: null });
  });

  it.each([
    ["it's", 'open-quote'],
    ['"x', 'open-quote'],
    ['x\\', 'open-escape'],
  ])('%j cannot be read', (line, problem) => {
    expect(splitShellWords(line)).toEqual({ words: null, problem });
  });

  it('are again what they were before they were quoted', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
        const { words: again } = splitShellWords(words.map(quoteShellWord).join(' '));
        expect(again).toEqual(words);
      }),
    );
  });

  it('are what a real shell makes of them', () => {
    const word = fc.stringMatching(/^[ab '"\\$`*~]{0,6}$/);
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), (words) => {
        const line = words.map(quoteShellWord).join(' ');
        const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' X ${line}`]);
        expect(stdout.toString().split('\0').slice(1, -1)).toEqual(words);
      }),
      { numRuns: 40 },
    );
  });
});
