import type { Prefixes } from "./prefixes";

/** A class, property or code: what is written for it, its kind, its names, and what it means. */
export interface Term {
  /** A prefixed name, or an IRI in angle brackets. */
  written: string;
  /** "class", "property" or the name of a code list. */
  kind: string;
  label: string;
  means: string;
  /** Everything that somebody may call it by, in small letters. */
  names: string[];
}

export interface Terms {
  prefixes: Prefixes;
  all: Term[];
}

type Row = [written: string, kind: string, label: string, means: string, others: string[]];

interface Document_ {
  prefixes: Prefixes;
  kinds: Record<string, string>;
  terms: Row[];
}

/** What the server knows to complete. */
export async function loadTerms(address: string): Promise<Terms> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  const { prefixes, kinds, terms } = (await response.json()) as Document_;
  const all = terms.map(([written, kind, label, means, others]) => ({
    written,
    kind: kinds[kind] ?? kind,
    label,
    means,
    names: [lastPart(written), label, ...others].map((name) => name.toLowerCase()),
  }));
  return { prefixes, all };
}

/** "snhr:Figure" → "Figure"; "<https://…/perpetrator/isis>" → "isis". */
function lastPart(written: string): string {
  return /[^:/#<>]*(?=>?$)/.exec(written)![0];
}
