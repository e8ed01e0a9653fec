import { z } from 'zod';
import type { ErrorData } from '../errors/app-error.ts';

const Params = z.record(z.string(), z.union([z.string(), z.number()]));

/** Schema of `ErrorData`; the closed list of codes is checked where sentences are made. */
export const ErrorDataSchema: z.ZodType<ErrorData> = z.object({
  code: z.string() as z.ZodType<ErrorData['code']>,
  params: Params,
  causes: z.array(z.object({ code: z.string(), params: Params })),
});
