import { IconButton } from '../../components/Button.tsx';
import { Page } from '../../components/Page.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { MapView } from './MapView.tsx';

/** Everything installed, and what needs what. */
export function MapScreen() {
  const { t } = useTranslator();
  const { map } = useStores();
  return (
    <Page
      title={t('nav.map')}
      layout="fill"
      actions={<IconButton icon="refresh" label={t('map.refresh')} onPress={() => void map.refresh()} />}
    >
      <MapView of={null} />
    </Page>
  );
}
