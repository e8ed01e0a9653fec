import { useTranslator } from '../../components/translation.tsx';
import { addressParts } from './address.ts';

/** An address with its host made bold: who is asked for the feed is what counts. */
export function AddressWords({ address }: { readonly address: string }) {
  const { t } = useTranslator();
  const parts = addressParts(address);
  if (parts === null) return <span>{t('apps.add-local')}</span>;
  const [before, host, after] = parts;
  return (
    <span dir="ltr">
      {before}
      <strong>{host}</strong>
      {after}
    </span>
  );
}
