import { expect, it } from 'vitest';
import { issuePage } from '../../../shared/issue-page.ts';

it.each([
  ['https://github.com/ada/engine', 'https://github.com/ada/engine/issues'],
  ['https://github.com/ada/engine.git', 'https://github.com/ada/engine/issues'],
  ['https://gitlab.com/ada/engine/', 'https://gitlab.com/ada/engine/-/issues'],
  ['https://codeberg.org/ada/engine#readme', 'https://codeberg.org/ada/engine/issues'],
  ['https://github.com/ada', 'https://github.com/ada'],
  ['https://engine.example.org/about', 'https://engine.example.org/about'],
  ['no address', 'no address'],
])('problems of %s are told at %s [B10]', (homepage, expected) => {
  expect(issuePage(homepage)).toBe(expected);
});
