import { windowLanguages, type WindowLanguage } from '../../shared/languages.ts';
import type { Settings } from '../../shared/model/index.ts';
import { userLanguages } from '../core/feed/languages.ts';
import type { Language } from '../core/feed/model.ts';
import type { SelectPolicy } from '../core/select/model.ts';

/** The languages that a person has set for the window and for programs, known at once. */
export interface PersonLanguages {
  /** What has been set since. */
  note(settings: Pick<Settings, 'language' | 'programLanguages'>): void;
  /** For choosing versions, and for what feeds tell. */
  policy(): Pick<SelectPolicy, 'languages' | 'textLanguages'>;
  /** For what feeds and catalogues tell, best first. */
  readonly forTexts: () => readonly Language[];
  /** For programs, laid over their environment. */
  environment(): Readonly<Record<string, string>>;
}

/** @param env what the system says */
export function createPersonLanguages(env: Readonly<Record<string, string | undefined>>): PersonLanguages {
  const ofSystem = userLanguages(env);
  let window: WindowLanguage | null = null;
  let programs: readonly string[] = [];
  const forTexts = (): readonly Language[] =>
    window === null ? ofSystem : [{ language: window, country: null }, ...ofSystem];
  return {
    note({ language, programLanguages }) {
      window = windowLanguages.find((one) => one === language) ?? null;
      programs = programLanguages;
    },
    policy: () => ({
      ...(programs.length > 0 && { languages: userLanguages(variables(programs)) }),
      ...(window !== null && { textLanguages: forTexts() }),
    }),
    forTexts,
    // Where the system has no language, gettext does not look at the list.
    environment() {
      if (programs.length === 0) return {};
      const { LANG = '', ...list } = variables(programs);
      const present = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
        (value) => value !== undefined && value !== '',
      );
      return present === undefined || present === 'C' ? { ...list, LANG: `${LANG}.UTF-8` } : list;
    },
  };
}

function variables(names: readonly string[]): Record<string, string> {
  return { LANG: names[0] ?? '', LANGUAGE: names.join(':') };
}
