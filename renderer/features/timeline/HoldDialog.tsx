import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { RadioGroup } from '../../components/Choice.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { useTranslator } from '../../components/translation.tsx';

export interface HoldDialogProps {
  readonly name: string;
  readonly version: string;
  readonly onClose: () => void;
  /** @param until ISO 8601; null = until it is released */
  readonly onHold: (until: string | null) => void;
}

const lengths = { forever: null, week: 7, month: 30, quarter: 91 } as const;
type Length = keyof typeof lengths;
const dayMs = 24 * 3600 * 1000;

/** Asks how long an app shall stay as it is. */
export function HoldDialog({ name, version, onClose, onHold }: HoldDialogProps) {
  const { t } = useTranslator();
  const [length, setLength] = useState<Length>('forever');
  const hold = () => {
    const days = lengths[length];
    onClose();
    onHold(days === null ? null : new Date(Date.now() + days * dayMs).toISOString());
  };
  return (
    <Dialog
      title={t('timeline.hold-title', { name, version })}
      icon="lock"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" autoFocus onPress={hold}>
            {t('timeline.hold-action')}
          </Button>
        </>
      }
    >
      <p>{t('timeline.hold-text', { name })}</p>
      <RadioGroup
        label={t('timeline.hold-length')}
        value={length}
        options={(['forever', 'week', 'month', 'quarter'] as const).map((id) => ({
          id,
          label: t(`timeline.hold-${id}`),
        }))}
        onChange={setLength}
      />
    </Dialog>
  );
}
