import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '../../shared/errors/app-error.ts';

/**
 * What a person typed for a program: a URL, `file:` and a path, or a path. Paths become absolute, links resolved.
 * @throws AppError `usage` if it is neither
 * @see execution.md 13.1
 */
export function resolveTarget(text: string): string {
  if (/^https?:\/\//.test(text)) {
    if (!/^https?:\/\/[^/]+\//.test(text)) {
      throw new AppError('usage', { message: `Missing / after hostname in URI '${text}'`, hint: '' });
    }
    return text;
  }
  const path = resolve(text.startsWith('file:///') ? text.slice(7) : text.startsWith('file:') ? text.slice(5) : text);
  if (existsSync(path)) return realpathSync(path);
  throw new AppError('usage', {
    message: `Bad interface name '${text}'.`,
    hint: `it does not start with 'http:' or 'https:', and there is no local file '${path}' either`,
  });
}
