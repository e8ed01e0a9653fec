import { isArchiveName, type DroppedItem } from '../../../shared/dropped.ts';
import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { windowCalls as contract } from '../../../shared/ipc/window-contract.ts';
import type { Client } from '../client.ts';

/** The calls about the window itself; an invented one has no menus. */
export function windowCalls(): { readonly [N in keyof typeof contract]: (input: Input<N>) => Output<N> } {
  return {
    'window.zoom': () => ({}),
    'window.report': ({ about }) => ({ text: `# Zerodesk diagnostic report\n\n${about ?? ''}\n` }),
    'window.possible': () => ({}),
  };
}

/** Without a disk a file is a feed if it is called like one. */
export const dropped: Client['drop'] = (files) => {
  const value = files.map(({ name }): DroppedItem => {
    if (isArchiveName(name)) return { name, address: null, problem: 'archive' };
    return name.endsWith('.xml')
      ? { name, address: `/home/ada/${name}`, problem: null }
      : { name, address: null, problem: 'no-feed' };
  });
  return Promise.resolve({ ok: true, value });
};
