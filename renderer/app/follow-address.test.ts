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

  it('is left alone if it names something else', () => {
    const view = createViewStore();
    window.history.replaceState(null, '', '#run');
    stop = followAddress(view);
    expect(view.store.getState().place).toEqual({ page: 'apps' });
  });
});
