import {
  Button as AriaButton,
  Text,
  UNSTABLE_Toast as Toast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as ToastRegion,
} from 'react-aria-components';
import { cx } from './cx.ts';
import { Icon } from './Icon.tsx';
import styles from './Toasts.module.css';

const icons = { ok: 'ok', info: 'info', danger: 'failed' } as const;

/** A short message that goes away by itself. */
export interface Notice {
  readonly tone: 'ok' | 'info' | 'danger';
  readonly text: string;
  /** What can be done about it; doing it closes the notice. */
  readonly action?: { readonly label: string; readonly onPress: () => void };
}

/** How long a notice stays, unless pointed at or focused. Problems stay until they are dismissed. */
const stayMs = 6000;
/** One that offers something is read and thought about. */
const stayWithActionMs = 10_000;

/** Where notices are put; made once by the shell. */
export interface Notices {
  /** @returns what closes it */
  readonly show: (notice: Notice) => () => void;
  readonly queue: ToastQueue<Notice>;
}

/** Makes an empty list of notices. */
export function createNotices(): Notices {
  const queue = new ToastQueue<Notice>({ maxVisibleToasts: 3 });
  return {
    queue,
    show: (notice) => {
      const shown = queue.visibleToasts.find(({ content }) => content.text === notice.text);
      const isNew = shown === undefined || notice.action !== undefined;
      const timeout = notice.action === undefined ? stayMs : stayWithActionMs;
      const key = isNew ? queue.add(notice, notice.tone === 'danger' ? {} : { timeout }) : shown.key;
      return () => queue.close(key);
    },
  };
}

export interface ToastsProps {
  readonly notices: Notices;
  readonly label: string;
  readonly closeLabel: string;
}

/** Shows notices above everything, read aloud once. F6 goes to them. */
export function Toasts({ notices, label, closeLabel }: ToastsProps) {
  return (
    <ToastRegion queue={notices.queue} aria-label={label} className={cx(styles.region)}>
      {({ toast }) => (
        <Toast toast={toast} className={cx(styles.toast)} data-tone={toast.content.tone}>
          <Icon name={icons[toast.content.tone]} className={cx(styles.icon)} />
          <ToastContent className={cx(styles.content)}>
            <Text slot="title">{toast.content.text}</Text>
          </ToastContent>
          {toast.content.action !== undefined && (
            <AriaButton
              className={cx(styles.action)}
              onPress={() => {
                toast.content.action?.onPress();
                notices.queue.close(toast.key);
              }}
            >
              {toast.content.action.label}
            </AriaButton>
          )}
          <AriaButton slot="close" aria-label={closeLabel} className={cx(styles.close)}>
            <Icon name="close" size={14} />
          </AriaButton>
        </Toast>
      )}
    </ToastRegion>
  );
}
