import { expect, it } from 'vitest';
import { addressOf, pageFromArguments } from '../../../../electron/app/page-argument.ts';
import { pages } from '../../../../renderer/stores/view-store.ts';

it('opens every page by name, the last one named', () => {
  for (const page of pages) expect(pageFromArguments(['/opt/zerodesk', '--page=apps', `--page=${page}`])).toBe(page);
});

it.each([[[]], [['--page=']], [['--page=javascript:alert(1)']], [['storage']]])('takes nothing from %j', (argv) => {
  expect(pageFromArguments(argv)).toBeNull();
});

it('puts the page behind the address', () => {
  expect(addressOf('app://zerodesk/index.html', 'storage')).toBe('app://zerodesk/index.html#storage');
  expect(addressOf('app://zerodesk/index.html', null)).toBe('app://zerodesk/index.html');
});
