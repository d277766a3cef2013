import type { Catalogue, Rule } from '@kequn/rules';
import type { OnField } from '../rule-editor/draft.ts';
import { drawOnField } from '../rule-editor/draw-on-field.ts';
import { missingOnField, writeOnField } from '../rule-editor/on-field.ts';

/** A formula while it is edited: chosen part by part, or written as the code of a rule. */
export type FormulaDraft =
  { readonly kind: 'parts'; readonly subject: OnField | null } | { readonly kind: 'code'; readonly code: string };

/** What a draft comes to, null where there is nothing yet; or what keeps it from being a formula. */
export type WrittenFormula =
  { readonly formula: Rule } | { readonly missing: NonNullable<ReturnType<typeof missingOnField>> | 'readable' };

/** A formula to be edited: by its parts where it can be drawn so, otherwise as it is written. */
export function formulaDraftOf(formula: Rule, catalogue: Catalogue): FormulaDraft {
  if (formula === null) return { kind: 'parts', subject: null };
  const subject = drawOnField(formula, catalogue);
  return subject ? { kind: 'parts', subject } : { kind: 'code', code: codeOf(formula) };
}

/** The formula that a draft is. */
export function writeFormula(draft: FormulaDraft): WrittenFormula {
  if (draft.kind === 'code') return readCode(draft.code);
  if (draft.subject === null) return { formula: null };
  const missing = missingOnField(draft.subject);
  return missing ? { missing } : { formula: writeOnField(draft.subject) };
}

/** A field takes no more than a line. */
function codeOf(formula: Rule): string {
  return JSON.stringify(formula, null, 2).replaceAll(/\{\s+"var": ("[^"\\]*")\s+\}/g, '{ "var": $1 }');
}

function readCode(code: string): WrittenFormula {
  if (code.trim() === '') return { formula: null };
  try {
    return { formula: JSON.parse(code) as Rule };
  } catch {
    return { missing: 'readable' };
  }
}

/** The same as code; what is half chosen is left out. */
export function toCode(draft: FormulaDraft): FormulaDraft {
  const written = writeFormula(draft);
  const isWritten = 'formula' in written && written.formula !== null;
  return { kind: 'code', code: isWritten ? codeOf(written.formula) : '' };
}

/** The same by its parts; undefined where it cannot be drawn so, or cannot be read. */
export function toParts(draft: FormulaDraft, catalogue: Catalogue): FormulaDraft | undefined {
  const written = writeFormula(draft);
  if (!('formula' in written)) return undefined;
  const drawn = formulaDraftOf(written.formula, catalogue);
  return drawn.kind === 'parts' ? drawn : undefined;
}
