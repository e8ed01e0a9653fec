import { useSyncExternalStore } from 'react';

/** Whether a media query holds now; draws anew when that changes. For what styles alone cannot do. */
export function useMediaQuery(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matching(query);
      list?.addEventListener('change', onChange);
      return () => list?.removeEventListener('change', onChange);
    },
    () => matching(query)?.matches ?? false,
  );
}

/** The window is so narrow that the rail shows icons alone. */
export const narrowWindow = '(max-width: 900px)';

// Test environments without layout have no such function.
function matching(query: string): MediaQueryList | undefined {
  return typeof window.matchMedia === 'function' ? window.matchMedia(query) : undefined;
}
