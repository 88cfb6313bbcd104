import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { StreamLanguage, bracketMatching } from "@codemirror/language";
import { sparql } from "@codemirror/legacy-modes/mode/sparql";
import { type Diagnostic, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { completer } from "./complete";
import { looks } from "./looks";
import { declareWhenTyped } from "./prefixes";
import type { Term } from "./terms";
import type { Page } from "./words";

/**
 * Puts the editor before a text area, which it stands in for and keeps up to date.
 *
 * It stands in a shadow tree, where its styles are adopted and not written into the page: the page allows no styles of
 * its own. Tab is not bound, so that it always leaves.
 */
export function createEditor(area: HTMLTextAreaElement, page: Page, terms: Promise<Term[]>, run: () => void): EditorView {
  const host = document.createElement("div");
  host.className = "editor";
  host.dir = "ltr";
  area.before(host);
  const root = host.attachShadow({ mode: "open" });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        StreamLanguage.define(sparql),
        autocompletion({
          override: [completer(terms, page)],
          icons: false,
          activateOnTypingDelay: 60,
          maxRenderedOptions: 12,
        }),
        declareWhenTyped(page.prefixes),
        typingOverSelection,
        keymap.of([
          { key: "Mod-Enter", run: () => (run(), true) },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        EditorState.phrases.of(page.phrases),
        EditorView.contentAttributes.of({ "aria-label": page.name, lang: "en", spellcheck: "false", tabindex: "0" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
        looks,
      ],
    }),
  });
  area.hidden = true;
  area.labels.forEach((label) => label.addEventListener("click", () => view.focus()));
  return view;
}

/**
 * Typing over a selection, done here: left to the browser, it would keep the first letter's looks by an inline style,
 * which the page's policy forbids.
 */
const typingOverSelection = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    const { from, to, empty } = view.state.selection.main;
    if (inputType !== "insertText" || data === null || empty || view.composing) return false;
    event.preventDefault();
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: "input.type" });
    const isHandled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, data, insert));
    if (!isHandled) view.dispatch(insert());
    return true;
  },
});

/** Replaces the whole text. */
export function setText(view: EditorView, text: string): void {
  if (text === view.state.doc.toString()) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/** Marks what the server says is wrong, at its place (lines and columns from 1, columns counting characters). */
export function showErrors(view: EditorView, results: Element): void {
  const found: Diagnostic[] = [];
  for (const wrong of results.querySelectorAll<HTMLElement>("[data-line]")) {
    const { line, from, to, message } = wrong.dataset;
    if (Number(line) > view.state.doc.lines) continue;
    const { text, from: begin } = view.state.doc.line(Number(line));
    const place = (column: string) => begin + [...text].slice(0, Number(column) - 1).join("").length;
    found.push({ from: place(from!), to: place(to!), severity: "error", message: message! });
  }
  view.dispatch(setDiagnostics(view.state, found));
  if (found[0]) view.dispatch({ selection: { anchor: found[0].from }, scrollIntoView: true });
}
