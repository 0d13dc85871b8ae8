// Finds what people would read in a source file: text in templates, attributes that are shown or read aloud, and sentences
// in code. Texts belong to the message catalog; what is found here cannot be translated.
import { parse } from 'svelte/compiler';
import ts from 'typescript';

/** Attributes that are shown or read aloud, on elements and on our own components. */
const SPOKEN = /^(aria-(label|description|valuetext|placeholder|roledescription|braillelabel)|title|placeholder|alt|label|legend|heading|lead|help|text|summary|message|caption|note|hint)$/;
/** Attributes whose value is for the browser, whatever it looks like. */
const CODE = /^(class|style|d|viewBox|transform|points|href|src|id|for|name|type|rel|target|autocomplete|media|tabindex|role|data-.*)$/;
const LETTERS = /\p{L}{2,}/u;
/** Keys of the keyboard, as the browser names them, and its own tokens that look like words. */
const TOKENS = new Set(['Enter', 'Escape', 'Tab', 'Home', 'End', 'Delete', 'Backspace', 'Control', 'Shift', 'Alt', 'Meta', 'Bearer', 'POST', 'GET']);

/** Whether a text in code looks like something that people read. */
export function isSentence(text: string): boolean {
  const plain = text.replaceAll(/\{\}/g, ' ').trim();
  if (!LETTERS.test(plain) || TOKENS.has(plain)) return false;
  // One word with a capital, such as `Copy` or `Checking…`.
  if (/^\p{Lu}\p{Ll}+([.…?!:]|\.\.\.)?$/u.test(plain)) return true;
  // Selectors, media queries, paths of lines, lists of tokens: things that no sentence holds.
  if (/[[\]<>=#{}()]|\.\w+[ ,]|^[.:]|^[MLHVhvz][\d ]|^\d+px|;\s*\w+:/u.test(plain.replace(/\([^)]*\)$/, ''))) return false;
  // Several words, one of them more than a token: a capital at the beginning, an end, or a small word of speech.
  const several = /\p{L}{2,}[,;:]? \p{L}{1,}/u.test(plain);
  return several && (/^\p{Lu}/u.test(plain) || /[.…?!]$/u.test(plain) || /\b(the|a|an|and|or|of|to|in|is|are|not|no|with|for|from|this|that|its|your)\b/i.test(plain));
}

function textOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) return node.head.text + node.templateSpans.map((span) => `{}${span.literal.text}`).join('');
  return null;
}

/** Whether a literal is a name for the compiler or for whoever reads an error in a console. */
function isForCode(node: ts.Node): boolean {
  const { parent } = node;
  return ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent) || ts.isElementAccessExpression(parent)
    || (ts.isCallExpression(parent) && (parent.expression.kind === ts.SyntaxKind.ImportKeyword || /\b(Symbol|querySelector|querySelectorAll|closest|matches|matchMedia|postMessage)$/.test(parent.expression.getText())))
    || (ts.isPropertyAssignment(parent) && parent.name === node);
}

/** Sentences in code. */
export function inCode(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== null && !isForCode(node) && isSentence(text)) found.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true));
  return found;
}

/** The words that a module reads from the catalog when it is loaded, before a language is chosen. */
export function atLoad(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    // What is in a function or a member runs later.
    if (ts.isFunctionLike(node) || ts.isPropertyDeclaration(node)) return;
    if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') found.push(node.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('code.ts', code, ts.ScriptTarget.Latest, true));
  return found;
}

interface Node {
  type?: string;
  name?: string;
  data?: string;
  value?: unknown;
  start?: number;
  end?: number;
}

/** Everything in a component that people would read. */
export function inComponent(source: string): string[] {
  const { fragment, instance, module } = parse(source, { modern: true });
  const found: string[] = [];
  const piece = (node: Node) => source.slice(node.start, node.end);
  const walk = (node: unknown, attribute: string | null): void => {
    if (Array.isArray(node)) return node.forEach((each) => walk(each, attribute));
    if (typeof node !== 'object' || node === null) return;
    const typed = node as Node & Record<string, unknown>;
    switch (typed.type) {
      case 'Comment':
        return;
      case 'Text':
        if (typeof typed.data === 'string' && LETTERS.test(typed.data) && speaks(attribute, typed.data)) found.push(typed.data.trim());
        return;
      case 'Attribute':
        return walk(typed.value, typed.name ?? null);
      case 'StyleDirective':
        return walk(typed.value, 'style');
      case 'ExpressionTag':
        // A text that an attribute is given as an expression counts as the attribute does.
        found.push(...inExpression(piece(typed).slice(1, -1), attribute));
        return;
      case 'HtmlTag':
      case 'ConstTag':
      case 'RenderTag':
        found.push(...inCode(piece(typed).replace(/^\{@\w+\s*/, '').replace(/\}$/, '')));
        return;
      default:
    }
    for (const [key, value] of Object.entries(typed)) {
      if (key === 'expression' || key === 'test' || key === 'key') continue;
      walk(value, attribute);
    }
  };
  walk(fragment, null);
  for (const script of [instance, module]) {
    if (script) found.push(...inCode(piece(script.content as unknown as Node)));
  }
  return found;
}

function speaks(attribute: string | null, text: string): boolean {
  return attribute === null || SPOKEN.test(attribute) || (!CODE.test(attribute) && isSentence(text));
}

/** Literals of an expression: any letters where the attribute is spoken or none, sentences elsewhere. */
function inExpression(code: string, attribute: string | null): string[] {
  if (attribute !== null && CODE.test(attribute)) return [];
  const spoken = attribute === null || SPOKEN.test(attribute);
  const found = inCode(`(${code})`);
  // What an expression answers with is shown; what it compares and asks for is not.
  if (spoken) for (const text of answers(code)) if (LETTERS.test(text.replaceAll('{}', ' ')) && !found.includes(text)) found.push(text);
  return found;
}

/** The literals that an expression may answer with. */
function answers(code: string): string[] {
  const statement = ts.createSourceFile('code.ts', `(${code})`, ts.ScriptTarget.Latest, true).statements[0];
  if (statement === undefined || !ts.isExpressionStatement(statement)) return [];
  const found: string[] = [];
  const visit = (node: ts.Expression): void => {
    const text = textOf(node);
    if (text !== null) found.push(text);
    else if (ts.isParenthesizedExpression(node)) visit(node.expression);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(visit);
    else if (ts.isBinaryExpression(node) && /^(\?\?|\|\||&&|\+)$/.test(node.operatorToken.getText())) {
      if (node.operatorToken.getText() !== '&&') visit(node.left);
      visit(node.right);
    }
  };
  visit(statement.expression);
  return found;
}
