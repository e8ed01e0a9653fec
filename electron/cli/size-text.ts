const units = ['KB', 'MB', 'GB', 'TB'] as const;

/** Bytes as the reference prints them: exact below 2048, then in multiples of 1024 with one decimal. */
export function sizeText(bytes: number): string {
  if (bytes < 2048) return `${bytes} bytes`;
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 2048 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}
