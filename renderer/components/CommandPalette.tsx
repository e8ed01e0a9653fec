import {
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import styles from './CommandPalette.module.css';
import { CopyLine } from './CopyLine.tsx';
import { cx } from './cx.ts';
import { LiveRegion } from './Feedback.tsx';
import { Icon, type IconName } from './Icon.tsx';

/** A line of the palette. */
export interface PaletteRow {
  readonly id: string;
  readonly label: string;
  /** Positions in the label that fit what was typed. */
  readonly at: readonly number[];
  readonly detail: string;
  readonly icon: IconName;
  /** The keys that do the same, as they are printed on the keyboard. */
  readonly keys: string | null;
  readonly command: string | null;
  readonly run: () => void;
}

export interface PaletteWords {
  readonly title: string;
  readonly placeholder: string;
  readonly none: string;
  /** How many there are, for those who cannot see it. */
  readonly count: (count: number) => string;
  /** That some are not shown. */
  readonly more: (count: number) => string;
  readonly command: string;
  readonly noCommand: string;
  readonly copy: string;
}

export interface CommandPaletteProps {
  readonly words: PaletteWords;
  /** What fits, and how many do beyond those. */
  readonly find: (typed: string) => { readonly rows: readonly PaletteRow[]; readonly count: number };
  readonly onCopy: (text: string) => void;
  readonly onClose: () => void;
}

/** Everything that can be done, by its name: type, choose, Enter. */
export function CommandPalette(props: CommandPaletteProps) {
  return (
    <ModalOverlay
      className={cx(styles.overlay)}
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
    >
      <Modal className={cx(styles.modal)}>
        <AriaDialog aria-label={props.words.title} className={cx(styles.dialog)}>
          <Contents {...props} />
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function Contents({ words, find, onCopy, onClose }: CommandPaletteProps) {
  const [typed, setTyped] = useState('');
  const [current, setCurrent] = useState(0);
  const wanted = useDeferredValue(typed);
  const { rows, count } = useMemo(() => find(wanted), [find, wanted]);
  const list = useRef<HTMLUListElement>(null);
  const base = useId();
  const index = Math.min(current, rows.length - 1);
  const row = rows[index];

  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [index, rows]);

  const choose = (chosen: PaletteRow | undefined): void => {
    if (chosen === undefined) return;
    onClose();
    chosen.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // The letters of an unfinished word are the input method's.
    if (event.nativeEvent.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined && rows.length > 0) {
      const isAround = Math.abs(step) === 1;
      const next = index + step;
      setCurrent(isAround ? (next + rows.length) % rows.length : Math.max(0, Math.min(rows.length - 1, next)));
    } else if (event.key === 'Enter') choose(rows[index]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className={styles.head} data-blocks-keys>
        <Icon name="search" size={16} className={cx(styles.lens)} />
        <input
          className={styles.input}
          role="combobox"
          aria-label={words.title}
          aria-expanded={rows.length > 0}
          aria-controls={`${base}-list`}
          aria-autocomplete="list"
          aria-activedescendant={row === undefined ? undefined : `${base}-${index}`}
          placeholder={words.placeholder}
          value={typed}
          maxLength={200}
          spellCheck={false}
          autoComplete="off"
          autoFocus
          onChange={(event) => {
            setTyped(event.target.value);
            setCurrent(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <ul ref={list} id={`${base}-list`} role="listbox" aria-label={words.title} className={styles.list}>
        {rows.map((each, place) => (
          // The field keeps the focus and its keys; this is for the pointer.
          <li
            key={each.id}
            id={`${base}-${place}`}
            role="option"
            aria-selected={place === index}
            className={styles.row}
            onPointerMove={() => setCurrent(place)}
            onClick={() => choose(each)}
          >
            <Icon name={each.icon} size={16} className={cx(styles.icon)} />
            <span className={styles.label}>{marked(each.label, each.at)}</span>
            <span className={styles.detail}>{each.detail}</span>
            {each.keys !== null && <kbd className={styles.keys}>{each.keys}</kbd>}
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className={styles.none}>{words.none}</p>}
      {count > rows.length && <p className={styles.more}>{words.more(count - rows.length)}</p>}
      <div className={styles.foot}>
        {row !== undefined && row.command !== null ? (
          <CopyLine label={words.command} text={row.command} copyLabel={words.copy} onCopy={onCopy} />
        ) : (
          <span className={styles.noCommand}>{words.noCommand}</span>
        )}
      </div>
      <LiveRegion text={words.count(count)} />
    </>
  );
}

/** A label with the letters that fit made stronger. */
function marked(label: string, at: readonly number[]): ReactNode {
  if (at.length === 0) return label;
  const parts: ReactNode[] = [];
  let from = 0;
  for (let place = 0; place < at.length; place += 1) {
    const start = at[place] ?? 0;
    let end = start + 1;
    while (at[place + 1] === end) {
      place += 1;
      end += 1;
    }
    parts.push(label.slice(from, start), <mark key={start}>{label.slice(start, end)}</mark>);
    from = end;
  }
  return [...parts, label.slice(from)];
}
