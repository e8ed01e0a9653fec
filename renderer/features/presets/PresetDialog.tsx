import type { Preset, PresetPreview, PresetView } from '../../../shared/model/index.ts';
import { presets } from '../../../shared/model/preset-names.ts';
import { Button } from '../../components/Button.tsx';
import { RadioGroup } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Outcome } from '../../components/domain/Outcome.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import type { PresetChoice } from '../../stores/presets-store.ts';
import { usePresets, useStores } from '../../stores/stores.tsx';
import styles from './PresetDialog.module.css';
import { changeWords } from './words.ts';

/** In which way versions are chosen, for one program or for all: what each would change, before it does. */
export function PresetDialog() {
  const { t } = useTranslator();
  const { presets: store } = useStores();
  const { choice, view } = usePresets((state) => state);
  const isForAll = usePresets((state) => state.root === null);
  if (choice === null || view.status !== 'ready') return null;
  const { name, inForce } = view.value;
  const { preview, preset } = choice;
  const mayApply =
    preset !== null &&
    preset !== inForceUnlessFed(view.value, choice) &&
    preview?.status === 'ready' &&
    preview.value.obstacle === null &&
    preview.value.changes.length > 0;
  return (
    <Dialog
      title={name === null ? t('preset.title-all') : t('preset.title-of', { name })}
      icon="tune"
      width="l"
      isOpen
      onClose={store.close}
      actions={
        <>
          <Button onPress={store.close}>{t('common.cancel')}</Button>
          <Button variant="primary" isDisabled={!mayApply} onPress={() => void store.apply()}>
            {t('preset.apply')}
          </Button>
        </>
      }
    >
      <div className={styles.body}>
        <RadioGroup
          label={t('preset.label')}
          // Nothing is ticked where the settings are none of these.
          value={preset ?? ('' as Preset)}
          options={presets.map((id) => ({
            id,
            label: id === inForce ? t('preset.now', { preset: t(`preset.${id}`) }) : t(`preset.${id}`),
            description: explanation(t, id, view.value),
          }))}
          onChange={(id) => void store.consider(id)}
        />
        <section className={styles.preview} aria-label={t('preset.preview')} aria-live="polite">
          <h3 className={styles.title}>{t('preset.preview')}</h3>
          {preset === 'own' && !isForAll && (
            <div className={styles.feed}>
              {choice.feed !== null && <p className={styles.path}>{choice.feed.name}</p>}
              <Button icon="folder" onPress={() => void store.chooseFeed()}>
                {t('preset.choose-feed')}
              </Button>
            </div>
          )}
          {preview === null && <p className={styles.muted}>{t('preset.preview-none')}</p>}
          {preview?.status === 'loading' && <Skeleton shape="text" count={3} label={t('common.loading')} />}
          {preview?.status === 'failed' && <ProblemMessage error={preview.error} />}
          {preview?.status === 'ready' && <Preview preview={preview.value} isForAll={isForAll} />}
        </section>
      </div>
    </Dialog>
  );
}

/** Choosing a feed is something new even where one's own build is in use already. */
function inForceUnlessFed({ inForce }: PresetView, { feed }: PresetChoice): Preset | null {
  return feed === null ? inForce : null;
}

function explanation(t: ReturnType<typeof useTranslator>['t'], preset: Preset, { name, choices }: PresetView): string {
  if (name !== null) return t(preset === 'cached' ? 'preset.cached-one' : `preset.${preset}-long`);
  const { programs = 0, of = 0 } = choices.find((one) => one.preset === preset) ?? {};
  const isGlobal = preset === 'cached' || preset === 'stable' || preset === 'secure';
  return t(isGlobal ? 'preset.for-all' : 'preset.for-some', { text: t(`preset.${preset}-long`), programs, of });
}

function Preview({ preview, isForAll }: { readonly preview: PresetPreview; readonly isForAll: boolean }) {
  const intl = useTranslator();
  const { t } = intl;
  const { obstacle, changes, programs } = preview;
  if (obstacle !== null) return <StatusMessage tone="info">{t(`preset.obstacle-${obstacle}`)}</StatusMessage>;
  return (
    <>
      {changes.length === 0 && <p>{t('preset.no-settings')}</p>}
      {changes.length > 0 && (
        <ul className={styles.changes} aria-label={t('preset.settings')}>
          {changes.map((change, index) => (
            <li key={index}>{changeWords(intl, change)}</li>
          ))}
        </ul>
      )}
      {isForAll && programs.length === 0 && <p className={styles.muted}>{t('preset.no-programs')}</p>}
      {programs.map(({ interface: uri, name, comparison }) => (
        <div key={uri} className={styles.program}>
          {isForAll && <h4 className={styles.name}>{name}</h4>}
          <Outcome comparison={comparison} />
        </div>
      ))}
    </>
  );
}
