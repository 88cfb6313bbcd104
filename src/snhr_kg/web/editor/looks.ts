import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** Colours are the page's own, which reach into the shadow tree as custom properties and know about dark mode. */
const theme = EditorView.theme({
  "&": { backgroundColor: "var(--paper)", border: "1px solid var(--quiet)", borderRadius: "3px", color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: ".9rem", lineHeight: "1.5", maxHeight: "min(32rem, 60vh)" },
  ".cm-content": { caretColor: "var(--ink)", minHeight: "14rem", paddingBlock: ".5rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--raised)", borderRight: "1px solid var(--line)", color: "var(--quiet)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)", fontWeight: "600" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--chosen)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--chosen)", color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--bad)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--bad)",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-active": { backgroundColor: "transparent" },
  ".cm-lintPoint:after": { borderBottomColor: "var(--bad)" },
  ".cm-diagnostic-error": { borderInlineStart: "4px solid var(--bad)" },
  ".cm-tooltip, .cm-panels": {
    backgroundColor: "var(--raised)",
    border: "1px solid var(--quiet)",
    color: "var(--ink)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font)", fontSize: ".875rem", maxHeight: "none" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { lineHeight: "1.6", padding: ".15rem .5rem" },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent) !important",
    color: "var(--on-accent) !important",
  },
  ".cm-completionDetail": { fontStyle: "normal", marginInlineStart: ".8em", opacity: ".85", unicodeBidi: "isolate" },
  ".cm-completionLabel": { unicodeBidi: "isolate" },
  // Where there is no room beside the list, the meaning would cover it.
  ".cm-completionInfo-left-narrow, .cm-completionInfo-right-narrow": { display: "none" },
  ".cm-completionInfo": { fontFamily: "var(--font)", fontSize: ".875rem", padding: ".4rem .6rem", unicodeBidi: "plaintext" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: tags.standard(tags.variableName), color: "var(--accent)" },
  { tag: tags.local(tags.variableName), color: "var(--computed)" },
  { tag: tags.atom, color: "var(--link)" },
  { tag: tags.string, color: "var(--good)" },
  { tag: tags.meta, color: "var(--good)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
  { tag: tags.operator, color: "var(--quiet)" },
]);

/** How the editor looks. */
export const looks = [theme, syntaxHighlighting(colours)];
