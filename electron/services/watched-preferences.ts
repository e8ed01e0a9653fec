import type { PreferencesPort } from '../core/ports/preferences.ts';

/**
 * The same preferences, which tell of what changes in them.
 *
 * @param onChanged of the interface or feed that another choice may follow from; when it was last checked is no such thing
 */
export function watchPreferences(preferences: PreferencesPort, onChanged: (name: string) => void): PreferencesPort {
  const telling =
    <A extends readonly unknown[], R>(change: (name: string, ...others: A) => Promise<R>) =>
    async (name: string, ...others: A): Promise<R> => {
      const result = await change(name, ...others);
      onChanged(name);
      return result;
    };
  return {
    ...preferences,
    setPolicy: telling((uri, policy) => preferences.setPolicy(uri, policy)),
    addFeed: telling((uri, feed) => preferences.addFeed(uri, feed)),
    removeFeed: telling((uri, feed) => preferences.removeFeed(uri, feed)),
    putFeedBack: telling((uri, removed) => preferences.putFeedBack(uri, removed)),
    setRating: telling((feed, id, rating) => preferences.setRating(feed, id, rating)),
  };
}
