import styles from './Rows.module.css';

/** Classes of what stands in a frame: by itself on a page, or as a part of a group that has one. */
export const frame = { page: styles.page ?? '', group: styles.group ?? '' };
