import { useState } from 'react';
import type { Draft, VersionList } from '../../../shared/model/index.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/Field.tsx';
import { Select } from '../../components/Select.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useStores } from '../../stores/stores.tsx';
import { rangeKinds, rangeOf, toExpression, type RangeKind } from './range.ts';
import styles from './RangeField.module.css';

export interface RangeFieldProps {
  readonly list: VersionList;
  readonly draft: Draft;
}

/** Tries out which versions of a component may be used. */
export function RangeField({ list, draft }: RangeFieldProps) {
  const { t } = useTranslator();
  const { solve } = useStores();
  const tried = draft.restrictions?.[list.interface];
  const present = tried === undefined ? list.restriction : tried;
  const [kind, setKind] = useState<RangeKind>(rangeOf(present).kind);
  const [text, setText] = useState(rangeOf(present).text);
  const expression = toExpression(kind, text);
  const apply = () => {
    if (expression !== undefined && expression !== present) void solve.restrict(list, expression);
  };
  return (
    <div className={styles.range} role="group" aria-label={t('range.label')}>
      <Select
        label={t('range.label')}
        value={kind}
        options={rangeKinds.map((id) => ({ id, label: t(`range.${id}`) }))}
        onChange={(next) => {
          setKind(next);
          if (next === 'any') void solve.restrict(list, null);
        }}
      />
      {kind !== 'any' && (
        <>
          <TextField
            label={t(kind === 'expression' ? 'range.expression-label' : 'range.version')}
            placeholder={kind === 'expression' ? '2..!3 | 4..' : '2.0'}
            value={text}
            onChange={setText}
            onEnter={apply}
            problem={text.trim() !== '' && expression === undefined ? t('range.problem') : undefined}
          />
          <Button isDisabled={expression === undefined || expression === present} onPress={apply}>
            {t('range.try')}
          </Button>
        </>
      )}
    </div>
  );
}
