/** The ways in which a person says which versions may be used. */
export const rangeKinds = ['any', 'before', 'from', 'expression'] as const;
export type RangeKind = (typeof rangeKinds)[number];

/** A version as the specification writes it, or the alternatives and ranges of an expression. @see selection.md 2.1, 3 */
const version = String.raw`\d+(?:\.\d+)*(?:-(?:pre|rc|post)?(?:\d+(?:\.\d+)*)?)*`;
const single = new RegExp(`^${version}$`);
const alternative = new RegExp(`^(?:!?${version}|(?:${version})?\\.\\.(?:!${version})?)$`);

/** How an expression is shown in the form. */
export function rangeOf(expression: string | null): { readonly kind: RangeKind; readonly text: string } {
  if (expression === null) return { kind: 'any', text: '' };
  if (expression.startsWith('..!') && single.test(expression.slice(3)))
    return { kind: 'before', text: expression.slice(3) };
  if (expression.endsWith('..') && single.test(expression.slice(0, -2)))
    return { kind: 'from', text: expression.slice(0, -2) };
  return { kind: 'expression', text: expression };
}

/** The expression that is meant; null = any version, undefined = what was typed is none. The main process checks it again. */
export function toExpression(kind: RangeKind, typed: string): string | null | undefined {
  const text = typed.trim();
  if (kind === 'any') return null;
  if (kind === 'before') return single.test(text) ? `..!${text}` : undefined;
  if (kind === 'from') return single.test(text) ? `${text}..` : undefined;
  return text.split('|').every((one) => alternative.test(one.trim())) ? text : undefined;
}
