import type { Completion, CompletionContext, CompletionResult } from "@codemirror/autocomplete";
import { pickedCompletion } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import { type Prefixes, isOpaque, missingPrefix } from "./prefixes";
import type { Term } from "./terms";
import type { Page } from "./words";

const MOST = 60;

const KEYWORDS = (
  "SELECT DISTINCT REDUCED CONSTRUCT DESCRIBE ASK WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER BIND VALUES UNDEF " +
  "EXISTS NOT IN AS PREFIX BASE LIMIT OFFSET HAVING DESC ASC"
).split(" ");
const PHRASES = ["ORDER BY", "GROUP BY", "FILTER NOT EXISTS"];
const FUNCTIONS = (
  "COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT STR LANG LANGMATCHES DATATYPE BOUND SAMETERM ISIRI ISBLANK ISLITERAL " +
  "ISNUMERIC REGEX REPLACE SUBSTR STRLEN UCASE LCASE CONTAINS STRSTARTS STRENDS STRBEFORE STRAFTER CONCAT ABS CEIL " +
  "FLOOR ROUND YEAR MONTH DAY COALESCE IF IRI STRLANG STRDT"
).split(" ");

/** Completes variables, prefixed names, IRIs of codes, and, by any of their names, terms, codes and keywords. */
export function completer(loaded: Promise<Term[]>, page: Page) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const variable = context.matchBefore(/[?$]\w*/);
    if (variable) return result(variable.from, variables(context, variable.text, page));
    const terms = await loaded;
    const iri = context.matchBefore(/<[^<>\s"{}|^`\\]*/);
    if (iri) return result(iri.from, ranked(terms, iri.text.slice(1), page, (term) => term.written.startsWith("<")));
    if (isOpaque(context.state, context.pos)) return null;
    const name = context.matchBefore(/[A-Za-z][\w-]*:[\w-]*/);
    if (name) return result(name.from, prefixed(terms, name.text, page));
    const word = context.matchBefore(/[\p{L}\p{N}_'-]+/u);
    if (!word && !context.explicit) return null;
    return result(word?.from ?? context.pos, anything(terms, word?.text ?? "", page));
  };
}

function prefixed(terms: Term[], text: string, page: Page): Completion[] {
  const colon = text.indexOf(":") + 1;
  return ranked(terms, text.slice(colon), page, (term) => term.written.startsWith(text.slice(0, colon)));
}

function ranked(terms: Term[], text: string, page: Page, fits: (term: Term) => boolean): Completion[] {
  const wanted = text.toLowerCase();
  return terms
    .filter(fits)
    .map((term) => ({ term, rank: rank(term, wanted) - (term.written.includes(`:${text}`) ? 0.5 : 0) }))
    .filter(({ rank }) => rank < 4)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, MOST)
    .map(({ term }) => option(term, page.prefixes));
}

function anything(terms: Term[], text: string, page: Page): Completion[] {
  const wanted = text.toUpperCase();
  const words = [...KEYWORDS, ...PHRASES].filter((word) => word.startsWith(wanted));
  const calls = FUNCTIONS.filter((word) => wanted && word.startsWith(wanted));
  const prefixes = Object.keys(page.prefixes).filter((name) => name.startsWith(text.toLowerCase()));
  return [
    ...words.map((word): Completion => ({ label: word, apply: `${word} `, type: "keyword", detail: page.keyword })),
    ...prefixes.map((name) => ({ ...written(`${name}:`, page.prefixes), type: "namespace", detail: page.prefix })),
    ...(text ? ranked(terms, text, page, () => true) : []),
    ...calls.map((word): Completion => ({ label: word, apply: `${word}(`, type: "function" })),
  ];
}

function result(from: number, options: Completion[]): CompletionResult | null {
  // They are ranked already, by names that the editor does not know.
  return options.length ? { from, options, filter: false } : null;
}

function variables(context: CompletionContext, typed: string, page: Page): Completion[] {
  const text = context.state.doc.toString();
  const others = text.slice(0, context.pos - typed.length) + " " + text.slice(context.pos);
  const found = new Set([...others.matchAll(/[?$](\w+)/g)].map(([, name]) => `${typed[0]}${name}`));
  return [...found]
    .filter((name) => name.toLowerCase().startsWith(typed.toLowerCase()))
    .sort()
    .map((label) => ({ label, type: "variable", detail: page.variable }));
}

/** How near a term comes to what was typed: 0 for the same, then beginnings of names, of words, any part; 4 for none. */
function rank(term: Term, wanted: string): number {
  let best = 4;
  for (const name of term.names) {
    const at = name.indexOf(wanted);
    if (at < 0) continue;
    if (name === wanted) return 0;
    best = Math.min(best, at === 0 ? 1 : /[^\p{L}\p{N}]/u.test(name[at - 1]!) ? 2 : 3);
  }
  return best;
}

function option(term: Term, prefixes: Prefixes): Completion {
  const isCode = term.written.startsWith("<");
  return {
    ...written(term.written, prefixes),
    displayLabel: isCode ? term.label : term.written,
    detail: isCode ? term.kind : term.label,
    type: isCode ? "enum" : term.written.match(/:[A-Z]/) ? "class" : "property",
    ...(term.means ? { info: term.means } : {}),
  };
}

/** Writes the words, and the line that declares their prefix where it is not there. */
function written(label: string, prefixes: Prefixes): Completion {
  return {
    label,
    apply(view: EditorView, completion: Completion, from: number, to: number) {
      const name = /^([\w-]+):/.exec(label)?.[1];
      const missing = name ? missingPrefix(view.state.doc, name, prefixes) : null;
      const open = label.startsWith("<") && view.state.sliceDoc(to, to + 1) === ">" ? 1 : 0;
      view.dispatch(
        {
          changes: { from, to: to + open, insert: label },
          selection: { anchor: from + label.length },
          annotations: pickedCompletion.of(completion),
          userEvent: "input.complete",
        },
        ...(missing ? [{ changes: missing, sequential: true }] : []),
      );
    },
  };
}
