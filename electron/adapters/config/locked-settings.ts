import { join } from 'node:path';
import { Settings, type SettingName } from '../../../shared/model/settings.ts';
import type { LogPort } from '../../core/ports/log.ts';
import type { LockedSettings, LockedSettingsPort } from '../../core/ports/settings.ts';
import { readFirstFile } from '../files.ts';
import type { Paths } from '../paths.ts';
import { readIniSection } from './ini.ts';

const fileName = 'zerodesk-policy';
const section = 'locked';
/** Names of the file that `injector/global` has too; all others are the setting's own, in small letters. */
const otherNames: Partial<Record<SettingName, string>> = { freshnessSeconds: 'freshness' };

/**
 * What an administrator has decided for all users: the section `[locked]` of `injector/zerodesk-policy` in the first system
 * directory that has one, with the names of `injector/global`.
 */
export function createLockedSettings(paths: Pick<Paths, 'config'>, log: Pick<LogPort, 'warn'>): LockedSettingsPort {
  const files = paths.config.slice(1).map((directory) => join(directory, 'injector', fileName));
  return {
    async read() {
      if (files.length === 0) return { values: {}, path: null };
      const found = await readFirstFile(files);
      if (found === null) return { values: {}, path: null };
      const { values, unknown } = parseLocked(new TextDecoder().decode(found.bytes));
      for (const name of unknown) log.warn('a locked setting is not understood', { path: found.path, name });
      return { values, path: found.path };
    },
  };
}

/** Reads the text of `injector/zerodesk-policy`. `unknown`: names that are no setting, or have no value of theirs. */
export function parseLocked(text: string): {
  readonly values: LockedSettings['values'];
  readonly unknown: readonly string[];
} {
  const written = readIniSection(text, section);
  const values: Record<string, unknown> = {};
  const known = new Set<string>();
  for (const key of Settings.keyof().options) {
    const name = nameOf(key);
    const value = written.get(name);
    if (value === undefined) continue;
    const fitting = readings(value).find((one) => Settings.shape[key].safeParse(one).success);
    if (fitting === undefined) continue;
    known.add(name);
    values[key] = fitting;
  }
  return { values, unknown: [...written.keys()].filter((name) => !known.has(name)) };
}

/** What a setting is called in files. */
function nameOf(key: SettingName): string {
  return otherNames[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Everything that a text may mean; the setting's own schema says which of them it is. */
function readings(text: string): readonly unknown[] {
  return [
    text,
    ...(/^\d{1,15}$/.test(text) ? [Number(text)] : []),
    ...(/^true$/i.test(text) ? [true] : []),
    ...(/^false$/i.test(text) ? [false] : []),
    ...(text === '' ? [null] : []),
    text.split(/[\s,]+/).filter((word) => word !== ''),
  ];
}
