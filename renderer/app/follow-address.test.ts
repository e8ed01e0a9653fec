import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createViewStore } from '../stores/view-store.ts';
import { followAddress } from './follow-address.ts';

describe('the address', () => {
  let stop = (): void => {};

  beforeEach(() => {
    window.location.hash = '';
  });
  afterEach(() => {
    stop();
  });

  it('opens the page it names at the start, and again when it is asked for', () => {
    const view = createViewStore();
    window.history.replaceState(null, '', '#storage');
    stop = followAddress(view);
    expect(view.store.getState().place).toEqual({ page: 'storage' });
    expect(window.location.hash).toBe('');

    view.go({ page: 'apps' });
    window.history.replaceState(null, '', '#storage');
    window.dispatchEvent(new HashChangeEvent('hashchange'));
    expect(view.store.getState().place).toEqual({ page: 'storage' });
  });

  it('asks whether to add what a link names, and does nothing more', () => {
    const view = createViewStore();
    view.go({ page: 'storage' });
    window.history.replaceState(null, '', `#add=${encodeURIComponent('https://example.com/a.xml?b=c&d')}`);
    stop = followAddress(view);
    expect(view.store.getState()).toMatchObject({
      place: { page: 'apps' },
      dialog: 'add',
      addressToAdd: 'https://example.com/a.xml?b=c&d',
    });
    expect(window.location.hash).toBe('');
  });

  it('is left alone if it names something else', () => {
    const view = createViewStore();
    window.history.replaceState(null, '', '#run');
    stop = followAddress(view);
    expect(view.store.getState().place).toEqual({ page: 'apps' });
  });
});
