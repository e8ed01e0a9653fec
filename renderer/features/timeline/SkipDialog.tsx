import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { useTranslator } from '../../components/translation.tsx';

export interface SkipDialogProps {
  readonly name: string;
  readonly version: string;
  readonly onClose: () => void;
  /** @returns whether it was done */
  readonly onSkip: (until: string) => Promise<boolean>;
}

/** Asks for the version from which on updates are wanted again. */
export function SkipDialog({ name, version, onClose, onSkip }: SkipDialogProps) {
  const { t } = useTranslator();
  const [until, setUntil] = useState('');
  const [isTouched, setTouched] = useState(false);
  const isVersion = /^\d+(\.\d+)*(-(pre|rc|post)?\d*(\.\d+)*)*$/.test(until.trim());
  const skip = async () => {
    setTouched(true);
    if (isVersion && (await onSkip(until.trim()))) onClose();
  };
  return (
    <Dialog
      title={t('timeline.skip-title', { name, version })}
      icon="ban"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" isDisabled={until.trim() === ''} onPress={() => void skip()}>
            {t('timeline.skip-action')}
          </Button>
        </>
      }
    >
      <p>{t('timeline.skip-text', { name, version })}</p>
      <TextField
        label={t('timeline.skip-label')}
        value={until}
        autoFocus
        onChange={setUntil}
        onEnter={() => void skip()}
        problem={isTouched && !isVersion ? t('timeline.skip-problem') : undefined}
      />
    </Dialog>
  );
}
