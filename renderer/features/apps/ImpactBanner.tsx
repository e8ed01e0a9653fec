import { Button } from '../../components/Button.tsx';
import { StatusMessage } from '../../components/Feedback.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useImpact, useStores } from '../../stores/stores.tsx';

/** Says that programs use versions in which a flaw was found. */
export function ImpactBanner() {
  const { t } = useTranslator();
  const { impact } = useStores();
  const rows = useImpact((state) => state.rows);
  if (rows.length === 0) return null;
  const count = new Set(rows.map(({ program }) => program.interface)).size;
  const isInsecure = rows.some(({ now }) => now === 'insecure');
  return (
    <StatusMessage
      tone={isInsecure ? 'danger' : 'warn'}
      isAlert
      actions={<Button onPress={() => impact.setOpen(true)}>{t('impact.show')}</Button>}
    >
      {t(isInsecure ? 'impact.banner-insecure' : 'impact.banner-buggy', { count })}
    </StatusMessage>
  );
}
