import type { ActionId } from '../../shared/actions.ts';
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { InterfaceUri } from '../../shared/model/index.ts';
import type { windowCalls } from '../../shared/ipc/window-contract.ts';

/** What the window's process does about the window itself. */
export interface WindowShell {
  readonly zoom: (to: 'in' | 'out' | 'reset') => void;
  /** Makes a report. */
  readonly report: (about: InterfaceUri | null, crash: string | null) => Promise<string>;
  /** Lets the menus know which actions can be carried out now. */
  readonly setPossible: (actions: readonly ActionId[]) => void;
}

/** One line per call. */
export function windowHandlers(shell: WindowShell): Pick<Handlers, keyof typeof windowCalls> {
  return {
    'window.zoom': async ({ to }) => {
      shell.zoom(to);
      return Promise.resolve({});
    },
    'window.report': async ({ about, crash }) => ({ text: await shell.report(about, crash) }),
    'window.possible': async ({ actions }) => {
      shell.setPossible(actions);
      return Promise.resolve({});
    },
  };
}
