import { useEffect, useEffectEvent, useState } from 'react';
import { loading, type Loadable } from './loadable.ts';

/**
 * What a question of a part is answered with. It is asked again when `about` changes, or a value of it; an answer that was
 * overtaken is dropped, and the one before stays until there is another.
 *
 * @param about what the question depends on; texts, numbers and objects are compared as they are
 */
export function useAnswer<T>(ask: () => Promise<Loadable<T>>, about: readonly unknown[]): Loadable<T> {
  const [answer, setAnswer] = useState<Loadable<T>>(loading);
  const question = useEffectEvent(ask);
  useEffect(() => {
    let isLatest = true;
    void question().then((next) => {
      if (isLatest) setAnswer(next);
    });
    return () => {
      isLatest = false;
    };
    // What is asked about is what it depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, about);
  return answer;
}
