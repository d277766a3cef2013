import type { Node } from '../ast.ts';
import type { CheckTools } from '../fields/check-tools.ts';
import type { FieldDefinition } from '../fields/field-definition.ts';
import { compileFormula } from '../formula.ts';
import { compileCondition } from '../js.ts';
import type { Row, Value } from '../json.ts';
import type { Moment } from '../moment.ts';
import type { CheckedForm } from './check-form.ts';
import type { CheckedItem } from './checked-item.ts';
import type { HiddenValues } from './layout.ts';

/** A condition that is ready to run. */
export type Predicate = (row: Row, moment: Moment) => boolean;
/** A computation that is ready to run. */
export type Computation = (row: Row, moment: Moment) => Value;

/** A field of a form, ready to run. */
export interface CompiledItem {
  readonly field: FieldDefinition;
  readonly path: string;
  readonly required: boolean;
  isVisible(row: Row, moment: Moment): boolean;
  readonly requiredWhen: Predicate;
  readonly readOnlyWhen: Predicate;
  readonly default?: Computation | undefined;
  readonly compute?: Computation | undefined;
  /** By option key; an option without a rule is always offered. */
  readonly optionsWhen: ReadonlyMap<string, Predicate>;
}

/** What is reckoned one after the other: a formula first, then the field that it stands on the form as. */
export interface CompiledStep {
  readonly key: string;
  readonly formula?: Computation | undefined;
  readonly item?: CompiledItem | undefined;
}

/** A form that can be filled, as often as one likes. */
export interface CompiledForm {
  readonly steps: readonly CompiledStep[];
  /** By the place of a page, a section or an item. */
  readonly visibleWhen: ReadonlyMap<string, Predicate>;
  readonly hiddenValues: HiddenValues;
  readonly tools: CheckTools;
}

/** Compiles a checked form. */
export function compileForm(form: CheckedForm, hiddenValues: HiddenValues, tools: CheckTools): CompiledForm {
  return {
    steps: form.steps.map(({ key, item, formula }) => ({
      key,
      formula: formula && compileFormula(formula),
      item: item && compileItem(item),
    })),
    visibleWhen: compiled(form.visibleWhen),
    hiddenValues,
    tools,
  };
}

function compileItem(item: CheckedItem): CompiledItem {
  const visibleWhen = item.visibleWhen.map(compileCondition);
  return {
    field: item.field,
    path: item.path,
    required: item.required,
    isVisible: (row, moment) => visibleWhen.every((holds) => holds(row, moment)),
    requiredWhen: condition(item.requiredWhen),
    readOnlyWhen: condition(item.readOnlyWhen),
    default: item.default && compileFormula(item.default),
    compute: item.compute && compileFormula(item.compute),
    optionsWhen: compiled(item.optionsWhen),
  };
}

function condition(node: Node | undefined): Predicate {
  return node ? compileCondition(node) : () => false;
}

function compiled(nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, Predicate> {
  return new Map([...nodes].map(([key, node]) => [key, compileCondition(node)]));
}
