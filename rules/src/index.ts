import type { Node, Reader, SqlTarget } from './ast.ts';
import { compileCondition } from './js.ts';
import type { Row, Rule } from './json.ts';
import type { Moment } from './moment.ts';
import { conditionToPortable } from './portable.ts';
import { conditionToSql } from './sql.ts';
import { sayCondition } from './text.ts';

export { analyseRule, holdsForEverybody } from './analyse/analyse.ts';
export type { Finding, FindingCode } from './analyse/finding.ts';
export type { Call, EventSource, Node, Operator, Reader, SqlTarget } from './ast.ts';
export { localTime } from './calendar.ts';
export { catalogueOf, type Catalogue } from './catalogue.ts';
export { checkFormula, checkRule, checkRuleOfField } from './check.ts';
export { compileFormula, computedType, formulaToSql, holders, optionsOf, sayFormula } from './formula.ts';
export {
  commonProperties,
  eventProperty,
  eventsIn,
  eventsKey,
  propertyOf,
  withEvents,
  type EventsByType,
  type EventTypeDefinition,
} from './events.ts';
export { segmentsKey, withSegments } from './memberships.ts';
export { compileTogether, type CompiledTogether } from './compile-together.ts';
export { meaningEdition } from './edition.ts';
export { explainRule, type Explained, type ExplainedTo } from './explain.ts';
export type { CheckTools, ConversionTools } from './fields/check-tools.ts';
export { checkValidation } from './fields/check-validation.ts';
export { checkValue, requiredProblem } from './fields/check-value.ts';
export { convertValue, isConvertible } from './fields/convert-value.ts';
export {
  labelOf,
  type FieldDefinition,
  type FieldOption,
  type FieldType,
  type FieldValidation,
  type Labelled,
} from './fields/field-definition.ts';
export { answerForm, type AnsweredForm, type AnsweredItem, type FormAnswers } from './forms/answer-form.ts';
export { checkForm, type CheckedForm } from './forms/check-form.ts';
export type { CheckedItem, FormCatalogue } from './forms/checked-item.ts';
export { compileForm, type CompiledForm } from './forms/compile-form.ts';
export {
  fieldItemsOf,
  formText,
  hiddenValuePolicies,
  isFieldItem,
  isPictureItem,
  mostPictureMegabytes,
  partsOf,
  pictureItemsOf,
  pictureWidths,
  type DividerItem,
  type FieldItem,
  type FormColumn,
  type FormItem,
  type FormLayout,
  type FormPage,
  type FormSection,
  type FormText,
  type HiddenValues,
  type LayoutPart,
  type PictureItem,
  type PictureWidth,
  type TextItem,
} from './forms/layout.ts';
export type { FieldTypeDefinition } from './fields/field-type.ts';
export { chosenRule, ownWordsOf, type OwnWords } from './forms/own-words.ts';
export { mostMegabytes } from './fields/file.ts';
export { fieldTypes } from './fields/index.ts';
export { ownMessage } from './fields/own-message.ts';
export { isFieldKey } from './fields/field-key.ts';
export { isSystemField, systemFields } from './fields/system-fields.ts';
export type { Json, Row, Rule, Value } from './json.ts';
export { ruleLimits, type RuleLimit } from './limits.ts';
export { locales, sentence, type Locale, type Sentence } from './locale.ts';
export { momentAt, type AskingViewer, type Moment } from './moment.ts';
export { operators } from './operators/index.ts';
export { viewerAnswers } from './operators/me.ts';
export { portableOperations } from './portable-operations.ts';
export type { Checked, Problem, RuleProblemCode, ValueProblemCode } from './problem.ts';
export { conditionsOf, eventTypesOf, fieldsOf, readsClock, segmentsOf } from './references.ts';
export { scheduleRule, scheduleToSql } from './schedule/schedule.ts';
export { SqlParameters } from './sql.ts';
export { valueTypes } from './types/index.ts';
export { normalInstant } from './types/datetime.ts';
export { codePoints, hasForbiddenCharacter } from './types/text.ts';
export type { FieldValueType, ValueType } from './types/value-type.ts';

/** Compiles a checked rule to a predicate over one customer at one moment. */
export function compileRule(rule: Node): (row: Row, moment: Moment) => boolean {
  return compileCondition(rule);
}

/** Writes a checked rule as a Postgres condition that is true or false for every row and raises for none. */
export function ruleToSql(rule: Node, target: SqlTarget): string {
  return conditionToSql(rule, target);
}

/** Writes a checked rule as plain JSON-logic for unmodified json-logic-js with `portableOperations` registered. */
export function ruleToPortable(rule: Node): Rule {
  return conditionToPortable(rule);
}

/** Says a checked rule as one sentence in the reader's language. */
export function sayRule(rule: Node, reader: Reader): string {
  return sayCondition(rule, reader);
}
