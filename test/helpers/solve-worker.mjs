// The worker as the build makes it, but straight from its source.
import { register } from 'tsx/esm/api';

register();
await import('../../electron/workers/solve.ts');
