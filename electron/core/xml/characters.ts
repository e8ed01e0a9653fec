/** What a character of a document is, by code: the bits below, none for most. */
export const kinds = new Uint8Array(0x10000);

/** May begin a name. */
export const nameStart = 1;
/** May go on with a name, not begin it. */
export const namePart = 2;
/** Space, tab or line end. */
export const blank = 4;
/** Means something in texts and values. */
export const special = 8;
/** Not a character; or half of one, because columns count characters. */
export const refused = 16;
export const inName = nameStart | namePart;

for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_')
  kinds[character.charCodeAt(0)] = nameStart;
for (const character of '0123456789.-') kinds[character.charCodeAt(0)] = namePart;
kinds.fill(refused, 0, 32).fill(refused, 0xd800, 0xe000).fill(refused, 0xfffe);
for (const character of ' \t\n') kinds[character.charCodeAt(0)] = blank;
for (const character of '<&"\'') kinds[character.charCodeAt(0)] = special;
