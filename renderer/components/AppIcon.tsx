import { useState } from 'react';
import styles from './AppIcon.module.css';

export interface AppIconProps {
  /** Address of a picture of ours (`icon://of/…`), or null. */
  readonly src: string | null;
  /** Name of the program; its letters and tint stand in for a picture. */
  readonly name: string;
  readonly size?: 20 | 48 | 64;
}

const tints = 8;

/** The picture of a program, or its monogram on a tint that follows from the name. Decorative: the name stands beside it. */
export function AppIcon({ src, name, size = 48 }: AppIconProps) {
  const [broken, setBroken] = useState<string | null>(null);
  if (src !== null && src !== broken) {
    return (
      <img
        className={styles.icon}
        data-size={size}
        src={src}
        alt=""
        draggable={false}
        onError={() => {
          setBroken(src);
        }}
      />
    );
  }
  return (
    <span className={styles.monogram} data-size={size} data-tint={tintOf(name)} aria-hidden>
      {monogramOf(name, size === 20 ? 1 : 2)}
    </span>
  );
}

/** Up to `count` letters: the first ones of the first words. */
export function monogramOf(name: string, count: number): string {
  const words = name.split(/[\s\-_./]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '');
  return letters.slice(0, count).join('').toLocaleUpperCase() || '?';
}

/** The same tint for the same name, everywhere and always. */
export function tintOf(name: string): number {
  let hash = 7;
  for (const letter of name) hash = (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003;
  return hash % tints;
}
