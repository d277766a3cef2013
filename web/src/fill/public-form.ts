import {
  catalogueOf,
  checkFormula,
  type FieldDefinition,
  type FormCatalogue,
  type FormLayout,
  type FormText,
  type HiddenValues,
  type Json,
  type Node,
} from '@kequn/rules';

/** A public form as the server describes it: its fields and nothing else of the catalogue. */
export interface PublicForm {
  readonly name: string;
  readonly version: number;
  readonly layout: FormLayout;
  readonly fields: readonly (FieldDefinition & { readonly help: string | null; readonly formula?: Json })[];
  readonly hiddenValues: HiddenValues;
  readonly thanks?: FormText;
  readonly consent?: FormText;
  /** So many leading zero bits a proof of work has to have; 0: none is asked for. */
  readonly proofBits: number;
  readonly timeZone: string;
}

/** The form behind a link; undefined where it cannot be filled now. */
export async function loadForm(slug: string): Promise<PublicForm | undefined> {
  try {
    const response = await fetch(`/f/${slug}.json`, { credentials: 'same-origin' });
    return response.ok ? ((await response.json()) as PublicForm) : undefined;
  } catch {
    // The page without a script stays as it is, and can be sent.
    return undefined;
  }
}

/** What the rules of a public form may name. */
export function publicCatalogue({ fields, timeZone }: PublicForm): FormCatalogue {
  const catalogue = catalogueOf(fields, new Map(), timeZone);
  const formulas = fields.flatMap(({ key, formula }): [string, Node][] => {
    const checked = formula === undefined || formula === null ? undefined : checkFormula(formula, catalogue);
    return checked?.ok ? [[key, checked.value]] : [];
  });
  return { ...catalogue, formulas: new Map(formulas) };
}

/** What came of sending an answer. */
export type Outcome =
  | { readonly kind: 'accepted' }
  /** What is wrong, in the reader's language, by field key. */
  | { readonly kind: 'refused'; readonly issues: Readonly<Record<string, readonly string[]>>; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string | undefined };

/** Sends an answer; one that was sent before under the same key is not taken twice. */
export async function sendAnswer(slug: string, answer: object, language: string): Promise<Outcome> {
  try {
    const response = await fetch(`/f/${slug}`, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', 'accept-language': language },
      body: JSON.stringify(answer),
    });
    if (response.status === 201) return { kind: 'accepted' };
    const told = (await response.json()) as Refusal;
    if (response.status !== 422) return { kind: 'failed', message: told.message };
    return { kind: 'refused', issues: byField(told.issues ?? []), message: told.message };
  } catch {
    return { kind: 'failed', message: undefined };
  }
}

interface Refusal {
  readonly message: string;
  readonly issues?: readonly { readonly path: string; readonly message: string }[];
}

function byField(issues: NonNullable<Refusal['issues']>): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { path, message } of issues) (found[path] ??= []).push(message);
  return found;
}
