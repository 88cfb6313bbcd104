import type { Prefixes } from "./prefixes";

/** What the page tells its script: its words in the page's language, and where things are. */
export interface Page {
  /** The address of the terms that completion knows. */
  terms: string;
  /** The name of the editor, for screen readers. */
  name: string;
  /** What CodeMirror says, by its English words. */
  phrases: Record<string, string>;
  running: string;
  stopped: string;
  unreachable: string;
  keyword: string;
  variable: string;
  prefix: string;
  prefixes: Prefixes;
}

/** Reads it from the page's data block. */
export function readPage(): Page {
  return JSON.parse(document.getElementById("editor-words")!.textContent!) as Page;
}
