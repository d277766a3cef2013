import type { Json } from '@kequn/rules';

/** What came of a template: of each thing that it has whether it was made or had been there. */
export interface AppliedTemplate {
  /** `of`: the key in the template, which may be taken by another field. */
  readonly fields: readonly { readonly of: string; readonly key: string; readonly made: boolean }[];
  readonly form: { readonly id: string; readonly name: string; readonly made: boolean };
  readonly segments: readonly { readonly key: string; readonly id: string; readonly made: boolean }[];
}

/** How many of each were made and how many were there, and which fields had to take another key. */
export interface AppliedCounts {
  readonly made: { readonly fields: number; readonly forms: number; readonly segments: number };
  readonly kept: number;
  readonly renamed: readonly string[];
}

/** The server's answer; the contract says what its JSON holds. */
export function appliedTemplate(answer: Json): AppliedTemplate {
  return answer as unknown as AppliedTemplate;
}

/** Counts what came of a template. */
export function countsOf({ fields, form, segments }: AppliedTemplate): AppliedCounts {
  const made = (things: readonly { readonly made: boolean }[]) => things.filter((thing) => thing.made).length;
  const all = [...fields, form, ...segments];
  return {
    made: { fields: made(fields), forms: made([form]), segments: made(segments) },
    kept: all.length - made(all),
    renamed: fields.flatMap(({ of, key, made: isNew }) => (isNew && of !== key ? [key] : [])),
  };
}
