// What jsdom lacks and the page relies on. It lays nothing out: every element gets the size of a large window here, so that lists
// which draw only what is in view draw their rows.

const sizes = { clientWidth: 1200, clientHeight: 4000, offsetWidth: 1200, offsetHeight: 4000 };
for (const [name, value] of Object.entries(sizes)) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
}

// jsdom has no CSS object at all; keys in tests need quoting of what is no letter, digit, dash or underscore.
if (typeof (globalThis as { CSS?: unknown }).CSS === 'undefined') {
  Object.defineProperty(globalThis, 'CSS', {
    configurable: true,
    value: {
      escape: (text: string) => text.replace(/[^\w-]/gu, (letter) => `\\${letter.codePointAt(0)?.toString(16) ?? ''} `),
    },
  });
}
