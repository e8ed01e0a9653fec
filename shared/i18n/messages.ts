import type english from '../../assets/locales/en.json';

/** Every text of the product, by name: the names of the English catalogue. */
export type MessageKey = keyof typeof english;

/** Texts by name; a translation may lack some, the English ones stand in. */
export type Messages = Readonly<Record<MessageKey, string>>;

/** Values for the arguments of a text. */
export type MessageValues = Readonly<Record<string, string | number | Date>>;
