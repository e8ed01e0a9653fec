import { createContext, use, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Translator } from '../../shared/i18n/translator.ts';

const TranslatorContext = createContext<Translator | null>(null);

export interface TranslationProps {
  readonly translator: Translator;
  readonly children: ReactNode;
}

/** Gives the parts below the texts of a language, and the headless library its locale and direction. */
export function Translation({ translator, children }: TranslationProps) {
  return (
    <TranslatorContext value={translator}>
      <I18nProvider locale={translator.locale}>{children}</I18nProvider>
    </TranslatorContext>
  );
}

/** The texts of the present language. Throws outside of `Translation`, which is a mistake of ours. */
export function useTranslator(): Translator {
  const translator = use(TranslatorContext);
  if (translator === null) throw new Error('useTranslator needs a Translation above it');
  return translator;
}

/** A tag renderer for `Translator.rich`: bold. */
export function strong(parts: readonly ReactNode[]): ReactNode {
  return <strong key={parts.map((part) => (typeof part === 'string' ? part : '')).join('')}>{parts}</strong>;
}
