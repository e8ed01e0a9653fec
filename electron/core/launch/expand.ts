import { AppError } from '../../../shared/errors/app-error.ts';
import type { Selection } from '../selections/model.ts';
import type { XmlElement } from '../xml/element.ts';
import { describeElement, isElement } from './bindings.ts';
import { printable } from './environment.ts';

/** Reads a variable; `null` = not set. */
export type Lookup = (name: string) => string | null;

/** More arguments, or characters in them, than any system passes on: a nested `<for-each>` multiplies quickly. */
const maxArguments = 65_536;
const maxCharacters = 4 * 1024 * 1024;

interface Expansion {
  readonly lookup: Lookup;
  readonly selection: Selection;
  readonly separator: string;
}

/**
 * Expands the `<arg>` and `<for-each>` children of a `<command>` or `<runner>` into arguments; other children are no
 * arguments.
 *
 * @throws AppError `bad-launch`
 * @see execution.md 5.2
 */
export function expandArguments(parent: XmlElement, context: Expansion): readonly string[] {
  const result: string[] = [];
  let characters = 0;

  const visit = (children: readonly XmlElement[], lookup: Lookup): void => {
    for (const child of children) {
      if (isElement(child, 'arg')) {
        const text = expandTemplate(trimXmlSpace(child.text), lookup);
        characters += text.length;
        if (result.length >= maxArguments || characters > maxCharacters) {
          const where = describeElement(parent, context.selection);
          throw new AppError('bad-launch', { reason: `Too many arguments in ${where}` });
        }
        result.push(text);
      } else if (isElement(child, 'for-each')) {
        for (const item of itemsOf(child, lookup, context)) {
          visit(child.children, (name) => (name === 'item' ? item : lookup(name)));
        }
      }
    }
  };
  visit(parent.children, context.lookup);
  return result;
}

function itemsOf(element: XmlElement, lookup: Lookup, { selection, separator }: Expansion): readonly string[] {
  const variable = element.attributes['item-from'];
  if (variable === undefined) {
    throw new AppError('bad-launch', {
      reason: `Missing attribute 'item-from' on ${describeElement(element, selection)}`,
    });
  }
  const value = lookup(variable) ?? '';
  if (value === '') return [];
  return value.split(element.attributes['separator'] ?? separator);
}

/**
 * Replaces `$NAME`, `${ANY NAME}` and `$$` from left to right. Replaced text is not looked at again.
 *
 * @throws AppError `bad-launch` for a variable that is not set and for `${}`
 */
export function expandTemplate(template: string, lookup: Lookup): string {
  return template.replace(
    /\$(?:(\$)|([A-Za-z_][A-Za-z0-9_]*)|\{([^}]*)\})/g,
    (_match, ...groups: (string | undefined)[]) => {
      const [dollar, plain, braced] = groups;
      if (dollar !== undefined) return '$';
      const name = plain ?? braced ?? '';
      if (name === '') {
        throw new AppError('bad-launch', { reason: `Empty variable name in template '${printable(template)}'` });
      }
      const value = lookup(name);
      if (value === null) {
        throw new AppError('bad-launch', { reason: `Environment variable "${printable(name)}" not set` });
      }
      return value;
    },
  );
}

function trimXmlSpace(text: string): string {
  return text.replace(/^[ \t\n\r\f]+|[ \t\n\r\f]+$/g, '');
}
