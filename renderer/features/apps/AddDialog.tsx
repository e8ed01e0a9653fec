import { useState } from 'react';
import type { InterfaceUri } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { TextField } from '../../components/Field.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { addressProblem } from './address.ts';
import { AddressWords } from './AddressWords.tsx';

export interface AddDialogProps {
  /** What it begins with. */
  readonly address: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onAdd: (uri: InterfaceUri) => void;
}

/** Takes the address of a feed that no catalogue lists. Nothing is fetched before the person says so. */
export function AddDialog({ address, isOpen, onClose, onAdd }: AddDialogProps) {
  const { t } = useTranslator();
  const [text, setText] = useState(address);
  const [isTouched, setTouched] = useState(false);
  const problem = addressProblem(text);
  const close = () => {
    setText('');
    setTouched(false);
    onClose();
  };
  const submit = () => {
    setTouched(true);
    if (problem !== null) return;
    onAdd(text.trim() as InterfaceUri);
    close();
  };
  return (
    <Dialog
      title={t('apps.add-title')}
      icon="link"
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button variant="primary" onPress={submit} isDisabled={text.trim() === ''}>
            {t('apps.add-action')}
          </Button>
        </>
      }
    >
      <p>{t('apps.add-explanation')}</p>
      <TextField
        label={t('apps.add-label')}
        placeholder="https://example.org/program.xml"
        value={text}
        autoFocus
        onChange={setText}
        onEnter={submit}
        description={problem === null ? <AddressWords address={text} /> : undefined}
        problem={isTouched && problem !== null ? t(`apps.add-${problem}`) : undefined}
      />
    </Dialog>
  );
}
