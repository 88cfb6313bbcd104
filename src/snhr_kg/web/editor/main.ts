import { createEditor, setText, showErrors } from "./editor";
import { Results } from "./results";
import { loadTerms } from "./terms";
import { readPage } from "./words";

const page = readPage();
const form = document.querySelector<HTMLFormElement>("form#ask")!;
const area = form.querySelector("textarea")!;
// Without the terms everything works but their completion.
const terms = loadTerms(page.terms).catch(() => []);

const view = createEditor(area, page, terms, () => form.requestSubmit());
const results = new Results(page, (found) => {
  setText(view, found.query);
  showErrors(view, found.section);
});
results.listen(form);
showErrors(view, results.section);
