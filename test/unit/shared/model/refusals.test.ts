import { expect, it } from 'vitest';
import { refusalCodes } from '../../../../electron/core/sharing/protocol.ts';
import { RefusalName } from '../../../../shared/model/sharing.ts';

// The helper holds no library, and the page may not import what the helper is made of: each has its own list.
it('what the helper of the shared store refuses by is what the page knows', () => {
  expect([...RefusalName.options].sort()).toEqual([...refusalCodes].sort());
});
