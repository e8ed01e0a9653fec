import { useEffect, useState } from 'react';
import type { Places } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { ProblemMessage } from '../../components/domain/ProblemMessage.tsx';
import { Skeleton } from '../../components/Feedback.tsx';
import { TextField } from '../../components/Field.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Row, Rows } from '../../components/Rows.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { usePlaces, useStores } from '../../stores/stores.tsx';
import { Group } from './Group.tsx';
import styles from './PreferencesScreen.module.css';

/** Where programs come from, and where they are stored. */
export function PlacesGroup() {
  const { t } = useTranslator();
  const { places: store } = useStores();
  const places = usePlaces((state) => state.places);
  useEffect(() => {
    void store.refresh();
  }, [store]);
  return (
    <Group title={t('places.title')}>
      {places.status === 'loading' && <Skeleton shape="text" count={3} label={t('common.loading')} />}
      {places.status === 'failed' && <ProblemMessage error={places.error} />}
      {places.status === 'ready' && (
        <>
          <Sources places={places.value} />
          <Stores places={places.value} />
        </>
      )}
    </Group>
  );
}

function Sources({ places }: { readonly places: Places }) {
  const { t } = useTranslator();
  const { places: store } = useStores();
  const [text, setText] = useState('');
  const add = () => {
    if (text.trim() === '') return;
    void store.addSource(text.trim()).then((hasBegun) => {
      if (hasBegun) setText('');
    });
  };
  return (
    <div className={styles.stack}>
      <h3 className={styles.label}>{t('places.sources')}</h3>
      <p className={styles.description}>{t('places.sources-text')}</p>
      {places.sources.length === 0 && <p>{t('places.sources-none')}</p>}
      {places.sources.length > 0 && (
        <Rows label={t('places.sources')} within="group">
          {places.sources.map(({ url }) => (
            <Row
              key={url}
              lead={<Icon name="feed" className={styles.keyIcon ?? ''} />}
              actions={
                <Button
                  aria-label={t('places.source-remove-name', { source: url })}
                  onPress={() => void store.removeSource(url)}
                >
                  {t('places.remove')}
                </Button>
              }
            >
              {url}
            </Row>
          ))}
        </Rows>
      )}
      <div className={styles.adding}>
        <TextField
          label={t('places.source-add-label')}
          placeholder="https://example.org/catalog.xml"
          value={text}
          onChange={setText}
          onEnter={add}
        />
        <Button icon="add" isDisabled={text.trim() === ''} onPress={add}>
          {t('places.source-add')}
        </Button>
        {!places.areSourcesUsual && (
          <Button onPress={() => void store.resetSources()}>{t('places.sources-reset')}</Button>
        )}
      </div>
    </div>
  );
}

function Stores({ places }: { readonly places: Places }) {
  const { t } = useTranslator();
  const { places: store } = useStores();
  const nameOf = (name: string) =>
    name === 'user' || name === 'shared' ? t(`places.store-${name}`) : t('places.store-other');
  return (
    <div className={styles.stack}>
      <h3 className={styles.label}>{t('places.stores')}</h3>
      <p className={styles.description}>{t('places.stores-text')}</p>
      <Rows label={t('places.stores')} within="group">
        {places.stores.map(({ name, path, isWritable, isOwn }) => (
          <Row
            key={path}
            lead={<Icon name="storage" className={styles.keyIcon ?? ''} />}
            actions={
              isOwn && (
                <Button
                  aria-label={t('places.store-remove-name', { folder: path })}
                  onPress={() => void store.removeStore(path)}
                >
                  {t('places.remove')}
                </Button>
              )
            }
          >
            {path}
            <span className={styles.description}>
              {isWritable ? nameOf(name) : t('places.store-read', { name: nameOf(name) })}
            </span>
          </Row>
        ))}
      </Rows>
      <div className={styles.buttons}>
        <Button icon="folder" onPress={() => void store.addStore()}>
          {t('places.store-add')}
        </Button>
      </div>
    </div>
  );
}
