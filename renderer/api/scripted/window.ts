import type { Input, Output } from '../../../shared/ipc/contract.ts';
import type { windowCalls as contract } from '../../../shared/ipc/window-contract.ts';

/** The calls about the window itself; an invented one has no menus. */
export function windowCalls(): { readonly [N in keyof typeof contract]: (input: Input<N>) => Output<N> } {
  return {
    'window.zoom': () => ({}),
    'window.possible': () => ({}),
  };
}
