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

type Row = [written: string, kind: string, label: string, means: string, others: string[]];

interface Served {
  kinds: Record<string, string>;
  terms: Row[];
}

/** What the server knows to complete. */
export async function loadTerms(address: string): Promise<Term[]> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(String(response.status));
  const { kinds, terms } = (await response.json()) as Served;
  return terms.map(([written, kind, label, means, others]) => ({
    written,
    kind: kinds[kind] ?? kind,
    label,
    means,
    names: [lastPart(written), label, ...others].map((name) => name.toLowerCase()),
  }));
}

/** "snhr:Figure" → "Figure"; "<https://…/perpetrator/isis>" → "isis". */
function lastPart(written: string): string {
  return /[^:/#<>]*(?=>?$)/.exec(written)![0];
}
