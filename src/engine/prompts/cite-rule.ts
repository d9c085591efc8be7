/**
 * What every model that answers over documents is asked. Its quotes are looked up in them when the
 * run ends; places that a model counted itself are never believed.
 */
export const CITE_RULE =
  'Cite what supports the answer: the exact words in quotation marks, then the document’s name in brackets, as in “…” [report.pdf]. Give no line numbers or offsets of your own.';
