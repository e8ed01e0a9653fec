import { nativeTheme } from 'electron';
import { windowSettingsName, type StatePort } from '../core/ports/state.ts';
import { windowLanguages } from '../../shared/languages.ts';
import type { Settings } from '../../shared/model/settings.ts';

/** What the first picture of the page depends on. */
export type Look = Pick<Settings, 'theme' | 'language'>;

/** Makes the page and the window's frame follow the chosen scheme. */
export function applyTheme(theme: Settings['theme']): void {
  nativeTheme.themeSource = theme;
}

/** The look as it was chosen last, for the time before the settings can be read: an administrator may have set another. */
export async function savedLook(state: Pick<StatePort, 'read'>): Promise<Look> {
  const { theme, language } = ((await state.read(windowSettingsName)) ?? {}) as Partial<Record<keyof Look, unknown>>;
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: windowLanguages.find((known) => known === language) ?? 'system',
  };
}
