import { useEffect } from 'react';
import type { FoundProgram, InterfaceUri } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton, StatusMessage } from '../../components/Feedback.tsx';
import { Section } from '../../components/Page.tsx';
import { Row, Rows } from '../../components/Rows.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { usePlaces, useStores } from '../../stores/stores.tsx';
import styles from './MirrorSearch.module.css';

export interface MirrorSearchProps {
  /** What is searched for in the list above. */
  readonly text: string;
  readonly onAdd: (uri: InterfaceUri) => void;
}

/** Programs beyond the catalogues: asked for only on a press, because it tells the mirror what one looks for. */
export function MirrorSearch({ text, onAdd }: MirrorSearchProps) {
  const { t } = useTranslator();
  const { places } = useStores();
  const search = usePlaces((state) => state.search);
  const words = text.trim();
  // Other words, or another page.
  useEffect(() => () => void places.stopSearch(), [places, words]);
  if (words === '') return null;
  const isAsked = search?.text === words;
  const found = isAsked ? search.found : null;
  return (
    <Section title={t('mirror.title')}>
      {found === null && (
        <div className={styles.ask}>
          <Button icon="search" onPress={() => void places.search(words)}>
            {t('mirror.search', { text: words })}
          </Button>
          <span className={styles.muted}>{t('mirror.hint')}</span>
        </div>
      )}
      {found?.status === 'loading' && <Skeleton shape="text" count={3} label={t('common.loading')} />}
      {found?.status === 'failed' && (
        <ProblemMessage
          error={found.error}
          isAlert
          actions={<Button onPress={() => void places.search(words)}>{t('common.retry')}</Button>}
        />
      )}
      {found?.status === 'ready' && found.value.length === 0 && (
        <StatusMessage tone="info">{t('mirror.none', { text: words })}</StatusMessage>
      )}
      {found?.status === 'ready' && found.value.length > 0 && <Found programs={found.value} onAdd={onAdd} />}
    </Section>
  );
}

function Found({ programs, onAdd }: Pick<MirrorSearchProps, 'onAdd'> & { readonly programs: readonly FoundProgram[] }) {
  const { t, number } = useTranslator();
  return (
    <>
      <p className={styles.muted}>{t('mirror.notice')}</p>
      <Rows label={t('mirror.title')} within="page">
        {programs.map(({ uri, name, summary, score }) => (
          <Row
            key={uri}
            actions={
              <>
                <span className={styles.score} title={t('mirror.score')}>
                  {number(score / 100, { style: 'percent' })}
                </span>
                <Button aria-label={t('mirror.add-name', { name })} onPress={() => onAdd(uri as InterfaceUri)}>
                  {t('apps.add')}
                </Button>
              </>
            }
          >
            <span className={styles.name}>{name}</span>
            <span>{summary}</span>
            <span className={styles.muted}>{uri}</span>
          </Row>
        ))}
      </Rows>
    </>
  );
}
