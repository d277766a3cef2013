import type { Node } from '../ast.ts';
import type { Catalogue } from '../catalogue.ts';
import type { FieldDefinition } from '../fields/field-definition.ts';

/** What a form may name: the fields of the catalogue, and the checked formulas of those that are computed, by key. */
export interface FormCatalogue extends Catalogue {
  readonly formulas: ReadonlyMap<string, Node>;
}

/** A field of a form with its checked rules. */
export interface CheckedItem {
  readonly field: FieldDefinition;
  readonly path: string;
  /** Asked for whenever it is visible, by the form or by the field itself. */
  readonly required: boolean;
  /** Those of the page, the section and the item: it is visible while all of them hold. */
  readonly visibleWhen: readonly Node[];
  readonly requiredWhen?: Node | undefined;
  readonly readOnlyWhen?: Node | undefined;
  readonly default?: Node | undefined;
  readonly compute?: Node | undefined;
  readonly optionsWhen: ReadonlyMap<string, Node>;
}
