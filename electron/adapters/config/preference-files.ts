import { join } from 'node:path';
import { AppError, isAppError } from '../../../shared/errors/app-error.ts';
import { checkSettings } from '../../core/feed/preferences-xml.ts';
import { escapeName, type NamePlatform, prettyName } from '../../core/feed/names.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { decodeXml } from '../../core/xml/decode.ts';
import { parseXml } from '../../core/xml/parse.ts';
import type { NamedFiles } from '../files.ts';

const platform: NamePlatform = process.platform === 'win32' ? 'windows' : 'posix';

/** A settings file has a line for each rated version; this is room for a hundred thousand. */
const limitBytes = 8 * 1024 * 1024;

/** The name of a settings file of an interface or feed. */
export function settingsFileName(name: string): string {
  return prettyName(name, platform);
}

/** Where the settings of interfaces may be, best first. The last ones are of very old versions and never written. */
export function interfaceSettings(config: readonly string[]): readonly NamedFiles[] {
  return [
    ...config.map((directory) => ({ folder: join(directory, 'injector', 'interfaces'), fileName: settingsFileName })),
    ...config.map((directory) => ({ folder: join(directory, 'injector', 'user_overrides'), fileName: escapeName })),
  ];
}

/** Where the settings of feeds may be, best first. */
export function feedSettings(config: readonly string[]): readonly NamedFiles[] {
  return config.map((directory) => ({ folder: join(directory, 'injector', 'feeds'), fileName: settingsFileName }));
}

/**
 * Reads the XML of a settings file.
 *
 * @throws AppError `bad-settings` if it is broken
 */
export function parseSettings(bytes: Uint8Array, path: string): XmlElement {
  try {
    const root = parseXml(decodeXml(bytes, path, limitBytes), { source: path });
    checkSettings(root, path);
    return root;
  } catch (error) {
    if (!isAppError(error, 'bad-xml')) throw error;
    const { line, column, reason } = error.params;
    const text = `[${line}:${column}] ${reason}\n... parsing XML document ${path}`;
    throw new AppError('bad-settings', { path, reason: text }, { cause: error });
  }
}
