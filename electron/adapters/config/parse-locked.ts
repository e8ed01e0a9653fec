import { Settings, type SettingName } from '../../../shared/model/settings.ts';
import type { LockedSettings } from '../../core/ports/settings.ts';
import { readIniSection } from './ini.ts';

const section = 'locked';
/** Names of the file that `injector/global` has too; all others are the setting's own, in small letters. */
const otherNames: Partial<Record<SettingName, string>> = { freshnessSeconds: 'freshness' };

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
