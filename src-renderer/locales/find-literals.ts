import { parseSync } from '@swc/core';

/** Attributes whose text people read or hear. */
const spoken = new Set(['label', 'title', 'alt', 'placeholder', 'hint', 'aria-label', 'aria-description', 'error']);

type Tree = { readonly type?: string } & Readonly<Record<string, unknown>>;

/** Names of keys are the same in every language. */
const keyName = /^F\d{1,2}$/;

const hasLetters = (text: string): boolean => /\p{L}/u.test(text) && !keyName.test(text.trim());

function attributeText(node: Tree): string | null {
  const name = node['name'] as { readonly value?: string } | undefined;
  if (!spoken.has(name?.value ?? '')) return null;
  const value = node['value'] as Tree | null;
  const inner = value?.type === 'JSXExpressionContainer' ? (value['expression'] as Tree) : value;
  return inner?.type === 'StringLiteral' ? String(inner['value']) : null;
}

/** Texts in TSX that don't go through the words: between tags, or in an attribute that is read out. */
export function findLiterals(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      for (const one of node) visit(one);
      return;
    }
    if (node === null || typeof node !== 'object') return;
    const tree = node as Tree;
    if (tree.type === 'JSXText' && hasLetters(String(tree['value']))) found.push(String(tree['value']).trim());
    const text = tree.type === 'JSXAttribute' ? attributeText(tree) : null;
    if (text !== null && hasLetters(text)) found.push(text);
    for (const child of Object.values(tree)) visit(child);
  };
  visit(parseSync(source, { syntax: 'typescript', tsx: true }));
  return found;
}
