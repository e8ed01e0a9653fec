import { useCallback, useMemo, useState } from 'react';
import { formatKeys } from '../../shared/keys.ts';
import { CommandPalette } from '../components/CommandPalette.tsx';
import { isMac } from '../components/platform.ts';
import { useTranslator } from '../components/translation.tsx';
import { isActive, isProgramRunning } from '../stores/jobs-store.ts';
import { useApps, useCache, useJobs, useSettings, useStores, useUpdates } from '../stores/stores.tsx';
import { actionItems, allProgramItems, findItems } from './actions/palette-items.ts';
import { subjectOf } from './actions/subject.ts';

export interface PaletteProps {
  readonly onCopy: (text: string) => void;
}

/** What can be done at the moment it was opened. */
export function Palette({ onCopy }: PaletteProps) {
  const intl = useTranslator();
  const { t } = intl;
  const stores = useStores();
  // Taken before the field gets the focus: what had it says which program is meant.
  const [focused] = useState(() => document.activeElement);
  const list = useApps((state) => state.list);
  const programs = useMemo(
    () => (list.status === 'ready' ? allProgramItems(intl, list.value.apps, stores) : []),
    [intl, list, stores],
  );
  // What decides whether something can be done; the jobs' percents do not.
  const settings = useSettings((state) => state.settings);
  const updates = useUpdates((state) => state.list);
  const stored = useCache((state) => state.listing);
  const active = useJobs(({ jobs }) =>
    jobs
      .filter((job) => isActive(job) || isProgramRunning(job))
      .map(({ id }) => id)
      .join(),
  );
  const own = useMemo(() => {
    const subject = subjectOf(stores, focused);
    return actionItems(intl, { stores, copy: onCopy, subject });
    // The stores are read within.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [intl, stores, focused, onCopy, list, settings, updates, stored, active]);
  const items = useMemo(() => [...own, ...programs], [own, programs]);
  const find = useCallback(
    (typed: string) => {
      const { found, count } = findItems(items, typed);
      return {
        count,
        rows: found.map(({ item, at }) => ({
          ...item,
          at,
          keys: item.keys === null ? null : formatKeys(intl, item.keys, isMac),
        })),
      };
    },
    [items, intl],
  );
  return (
    <CommandPalette
      words={{
        title: t('palette.title'),
        placeholder: t('palette.placeholder'),
        none: t('palette.none'),
        count: (count) => t('palette.count', { count }),
        more: (count) => t('palette.more', { count }),
        command: t('run.command-line'),
        noCommand: t('palette.no-command'),
        copy: t('run.command-line-copy'),
      }}
      find={find}
      onCopy={onCopy}
      onClose={() => stores.view.set({ dialog: 'none' })}
    />
  );
}
