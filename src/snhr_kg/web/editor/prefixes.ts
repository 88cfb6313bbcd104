import type { EditorState, Text } from "@codemirror/state";
import { syntaxTree } from "@codemirror/language";
import { EditorView } from "@codemirror/view";

/** The prefixes that the server knows: name and IRI. */
export type Prefixes = Record<string, string>;

const DECLARATION = /^\s*(?:prefix|base)\b.*$/i;

/** The line that declares the prefix, and where it goes; nothing where it is declared already, or not known. */
export function missingPrefix(doc: Text, name: string, known: Prefixes): { from: number; insert: string } | null {
  const iri = known[name];
  if (!iri || isDeclared(doc, name)) return null;
  let after = 0;
  for (const line of lines(doc)) if (DECLARATION.test(line.text)) after = line.to + 1;
  const insert = `PREFIX ${name}: <${iri}>\n`;
  return after > doc.length ? { from: doc.length, insert: `\n${insert}` } : { from: after, insert };
}

function isDeclared(doc: Text, name: string): boolean {
  const declared = new RegExp(`\\bprefix\\s+${name}:`, "i");
  for (const line of lines(doc)) if (declared.test(line.text.replace(/^\s*#.*/, ""))) return true;
  return false;
}

function* lines(doc: Text) {
  for (let number = 1; number <= doc.lines; number++) yield doc.line(number);
}

/** Whether the place is inside words that are no query: a string, a comment, an IRI. */
export function isOpaque(state: EditorState, place: number): boolean {
  const name = syntaxTree(state).resolveInner(place, -1).name;
  if (name === "comment" || name === "string") return true;
  const line = state.doc.lineAt(place);
  return /<[^<>\s"{}|^`\\]*$/.test(state.sliceDoc(line.from, place));
}

/** Declares a known prefix as soon as its colon is typed. */
export function declareWhenTyped(known: Prefixes) {
  return EditorView.inputHandler.of((view, _from, _to, text, insert) => {
    const { state } = view;
    const place = state.selection.main.head;
    if (text !== ":" || isOpaque(state, place)) return false;
    const line = state.doc.lineAt(place);
    const before = state.sliceDoc(line.from, place);
    const name = /(?:^|[^\w?$:.-])([a-z][\w-]*)$/i.exec(before)?.[1];
    if (!name || DECLARATION.test(before) || !missingPrefix(state.doc, name, known)) return false;
    view.dispatch(insert());
    view.dispatch({ changes: missingPrefix(view.state.doc, name, known)! });
    return true;
  });
}
