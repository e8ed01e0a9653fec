import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@formatjs/icu-messageformat-parser';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import english from '../../../../assets/locales/en.json' with { type: 'json' };
import { toPseudoMessages } from '../../../../shared/i18n/pseudo.ts';
import { argumentsOf } from '../../../helpers/messages.ts';

const root = path.resolve(import.meta.dirname, '../../../..');
const messages: Readonly<Record<string, string>> = english;

interface Use {
  readonly where: string;
  readonly key: string;
  /** Names of the values passed, or null when they cannot be seen in the source. */
  readonly values: readonly string[] | null;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$|\.d\.ts$/.test(name))
    .map((name) => path.join(root, folder, name));
}

function scan(): {
  readonly uses: readonly Use[];
  readonly literals: Set<string>;
  readonly patterns: readonly RegExp[];
} {
  const uses: Use[] = [];
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  for (const file of ['electron', 'renderer', 'shared'].flatMap(sourceFiles)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isStringLiteralLike(node)) literals.add(node.text);
      if (ts.isTemplateExpression(node) && /^[a-z]+(-[a-z]+)*\.[a-z.-]*$/.test(node.head.text)) {
        const tails = node.templateSpans.map((span) => `[a-zA-Z0-9-]+${escape(span.literal.text)}`).join('');
        patterns.push(new RegExp(`^${escape(node.head.text)}${tails}$`));
      }
      if (ts.isCallExpression(node)) {
        const name = ts.isPropertyAccessExpression(node.expression)
          ? node.expression.name.text
          : node.expression.getText();
        const [first, second] = node.arguments;
        if ((name === 't' || name === 'rich') && first !== undefined && ts.isStringLiteral(first)) {
          const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
          uses.push({ where: `${path.relative(root, file)}:${line}`, key: first.text, values: valueNames(second) });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return { uses, literals, patterns };
}

function valueNames(node: ts.Expression | undefined): readonly string[] | null {
  if (node === undefined) return [];
  if (!ts.isObjectLiteralExpression(node)) return null;
  const names = node.properties.map((property) => property.name?.getText().replace(/^['"]|['"]$/g, ''));
  return names.every((name) => name !== undefined) ? names : null;
}

const escape = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Codes of problems and the names of their parameters, from the source of the closed list. */
function errorCodes(): ReadonlyMap<string, readonly string[]> {
  const file = path.join(root, 'shared/errors/codes.ts');
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const codes = new Map<string, readonly string[]>();
  for (const statement of source.statements) {
    if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== 'ErrorParams') continue;
    for (const member of statement.members) {
      if (!ts.isPropertySignature(member) || member.type === undefined) continue;
      const fields = ts.isTypeLiteralNode(member.type) ? member.type.members : [];
      const params = fields.map((field) => field.name?.getText() ?? '');
      codes.set(member.name.getText().replace(/'/g, ''), params);
    }
  }
  return codes;
}

describe('the English catalogue', () => {
  const found = scan();

  it('has only messages that parse', () => {
    for (const [key, text] of Object.entries(messages)) {
      expect(() => parse(text), key).not.toThrow();
    }
  });

  it('has every key that the source names', () => {
    const missing = found.uses.filter((use) => messages[use.key] === undefined);
    expect(missing.map((use) => `${use.where} ${use.key}`)).toEqual([]);
  });

  it('has no key that nothing uses', () => {
    const unused = Object.keys(messages).filter(
      (key) => !found.literals.has(key) && !found.patterns.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('gets exactly the arguments it asks for', () => {
    const wrong: string[] = [];
    for (const use of found.uses) {
      const text = messages[use.key];
      if (text === undefined || use.values === null) continue;
      const wanted = [...argumentsOf(parse(text))].sort();
      const given = [...use.values].sort();
      if (wanted.join() !== given.join())
        wrong.push(`${use.where} ${use.key}: wants ${wanted.join()}; gets ${given.join()}`);
    }
    expect(wrong).toEqual([]);
  });

  it('has a sentence for each problem, which uses only what the problem knows', () => {
    const codes = errorCodes();
    expect(codes.size).toBeGreaterThan(40);
    const wrong: string[] = [];
    for (const [code, params] of codes) {
      const text = messages[`error.${code}`];
      if (text === undefined) wrong.push(`error.${code} is missing`);
      else
        for (const name of argumentsOf(parse(text))) if (!params.includes(name)) wrong.push(`error.${code}: {${name}}`);
    }
    const extra = Object.keys(messages).filter(
      (key) => key.startsWith('error.') && key !== 'error.bug' && !codes.has(key.slice(6)),
    );
    expect([...wrong, ...extra]).toEqual([]);
  });

  it('keeps arguments and tags in the invented language', () => {
    for (const [key, text] of Object.entries(toPseudoMessages(english))) {
      expect([...argumentsOf(parse(text))], key).toEqual([...argumentsOf(parse(messages[key] ?? ''))]);
    }
  });
});
