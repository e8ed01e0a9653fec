import { z } from 'zod';
import { mostDropped } from '../dropped.ts';

/** Paths of dropped files, as the preload found them out. */
export const DroppedPaths = z.array(z.string().max(4096)).max(mostDropped);
