/** Freshness choices of the page, in seconds; 0 is never. */
export const freshnessChoices = [
  { seconds: 0, name: 'never' },
  { seconds: 86_400, name: 'day' },
  { seconds: 604_800, name: 'week' },
  { seconds: 2_592_000, name: 'month' },
  { seconds: 31_536_000, name: 'year' },
] as const;

/** Name of a freshness, or null for a value that somebody wrote into the file by hand. */
export function freshnessName(seconds: number): (typeof freshnessChoices)[number]['name'] | null {
  return freshnessChoices.find((choice) => choice.seconds === seconds)?.name ?? null;
}
