import type { JobSnapshot } from '../../../shared/model/index.ts';
import { AppIcon } from '../../components/AppIcon.tsx';
import { TextLink } from '../../components/Button.tsx';
import { cx } from '../../components/cx.ts';
import { Icon } from '../../components/Icon.tsx';
import { useTranslator } from '../../components/translation.tsx';
import { useApps, useStores } from '../../stores/stores.tsx';
import styles from './DownloadsScreen.module.css';

/** What a job is called: its program, or what it does. */
export function useJobName({ interface: uri, title, kind }: JobSnapshot): string {
  const { t } = useTranslator();
  return uri === null ? t(`downloads.kind-${kind}`) : title;
}

/** Its name; that of a program leads to its page. */
export function JobTitle({ job }: { readonly job: JobSnapshot }) {
  const { view } = useStores();
  const name = useJobName(job);
  const uri = job.interface;
  if (uri === null) return <span className={styles.title}>{name}</span>;
  return (
    <TextLink className={cx(styles.title, styles.titleLink)} onPress={() => view.go({ page: 'run', interface: uri })}>
      {name}
    </TextLink>
  );
}

/** The picture of its program. */
export function JobIcon({ job }: { readonly job: JobSnapshot }) {
  const icon = useApps(({ list }) =>
    list.status === 'ready' ? (list.value.apps.find((app) => app.interface === job.interface)?.icon ?? null) : null,
  );
  if (job.interface === null) {
    return (
      <span className={styles.plainIcon}>
        <Icon name="storage" size={20} />
      </span>
    );
  }
  return <AppIcon src={icon} name={job.title} />;
}
