import { checkValue, requiredProblem } from '../fields/check-value.ts';
import type { Json, Row, Value } from '../json.ts';
import { sentence } from '../locale.ts';
import type { Moment } from '../moment.ts';
import type { Problem } from '../problem.ts';
import type { CompiledForm, CompiledItem } from './compile-form.ts';

/** What somebody has entered into a form, and about whom. */
export interface FormAnswers {
  /** What was entered, by field key; what is absent was not touched. */
  readonly entered: Readonly<Record<string, Json>>;
  /** What is stored of the customer as far as the filler may read it; null: of a new customer. */
  readonly stored: Row | null;
  /** Whether the filler may write a field; what they may not stays as it is stored. */
  mayWrite(key: string): boolean;
  readonly moment: Moment;
}

/** A field of a form as it stands with these answers. */
export interface AnsweredItem {
  readonly visible: boolean;
  readonly required: boolean;
  readonly readOnly: boolean;
  /** In normal form; of a hidden field what rules of the form read. */
  readonly value: Value;
  isOffered(option: string): boolean;
}

/** A form as it stands with these answers. */
export interface AnsweredForm {
  /** By field key. */
  readonly items: ReadonlyMap<string, AnsweredItem>;
  /** Whether a page, a section or an item is shown, by its place in the layout. */
  isVisible(path: string): boolean;
  /** What would be written: only fields that the form places and shows, and where hidden values are cleared, null of hidden ones. */
  readonly changes: ReadonlyMap<string, Value>;
  /** Everything that keeps it from being saved, each by the key of its field. */
  readonly problems: readonly Problem[];
}

/**
 * Reckons what a form shows, asks for and would write. The browser runs it as it is filled and the server when it is sent: it is the one meaning
 * of a form. What was entered in a part that a rule hides is as if it had not been entered; what is wrong with an entry makes it read as empty.
 */
export function answerForm(form: CompiledForm, answers: FormAnswers): AnsweredForm {
  const run = new FormRun(form, answers);
  for (const step of form.steps) {
    if (step.formula) run.row[step.key] = step.formula(run.row, answers.moment);
    if (step.item) run.answer(step.item);
  }
  for (const { item } of form.steps) if (item) run.finish(item);
  return {
    items: run.items,
    changes: run.changes,
    problems: [...unplaced(form, answers), ...run.problems],
    isVisible: (path) => form.visibleWhen.get(path)?.(run.row, answers.moment) ?? true,
  };
}

function unplaced({ steps }: CompiledForm, { entered }: FormAnswers): Problem[] {
  const placed = new Set(steps.flatMap(({ key, item }) => (item ? [key] : [])));
  return Object.keys(entered)
    .filter((key) => !placed.has(key))
    .map((path) => ({
      path,
      code: 'UNKNOWN_FIELD',
      message: sentence('表单上没有这个字段', 'The form has no such field'),
    }));
}

/** What is known of a field before all others are. */
interface Begun {
  readonly visible: boolean;
  readonly readOnly: boolean;
  readonly value: Value;
  readonly faults: readonly Problem[];
}

/** One run over a form: the row that rules read grows field by field. */
class FormRun {
  readonly row: Record<string, Value>;
  readonly items = new Map<string, AnsweredItem>();
  readonly changes = new Map<string, Value>();
  readonly problems: Problem[] = [];
  readonly #begun = new Map<string, Begun>();

  constructor(
    private readonly form: CompiledForm,
    private readonly answers: FormAnswers,
  ) {
    this.row = { ...answers.stored };
  }

  answer(item: CompiledItem): void {
    const { key } = item.field;
    const begun = this.#begin(item);
    this.#begun.set(key, begun);
    this.row[key] = begun.value;
  }

  #begin(item: CompiledItem): Begun {
    const { moment } = this.answers;
    const { key, computed = false } = item.field;
    if (!item.isVisible(this.row, moment))
      return { visible: false, readOnly: true, value: this.#hiddenValue(item), faults: [] };
    // What a formula computes stands in the row by now.
    if (computed) return { visible: true, readOnly: true, value: this.row[key] ?? null, faults: [] };
    if (!this.answers.mayWrite(key)) return { visible: true, readOnly: true, value: this.#stored(key), faults: [] };
    if (item.compute) return { visible: true, readOnly: true, ...this.#checked(item, item.compute(this.row, moment)) };
    if (item.readOnlyWhen(this.row, moment)) return { visible: true, readOnly: true, ...this.#initial(item) };
    const entered = this.answers.entered[key];
    return {
      visible: true,
      readOnly: false,
      ...(entered === undefined ? this.#initial(item) : this.#checked(item, entered)),
    };
  }

  /** What stands in a field that nothing was entered into. */
  #initial(item: CompiledItem): Pick<Begun, 'value' | 'faults'> {
    if (this.answers.stored === null && item.default)
      return this.#checked(item, item.default(this.row, this.answers.moment));
    return { value: this.#stored(item.field.key), faults: [] };
  }

  #hiddenValue({ field }: CompiledItem): Value {
    if (field.computed) return this.row[field.key] ?? null;
    return this.form.hiddenValues === 'KEEP' ? this.#stored(field.key) : null;
  }

  #stored(key: string): Value {
    return this.answers.stored?.[key] ?? null;
  }

  #checked({ field }: CompiledItem, value: Json): Pick<Begun, 'value' | 'faults'> {
    const outcome = checkValue(field, value, this.form.tools);
    return outcome.ok ? { value: outcome.value, faults: [] } : { value: null, faults: outcome.problems };
  }

  /** What is asked once every value is known. */
  finish(item: CompiledItem): void {
    const { field, optionsWhen } = item;
    const { visible, readOnly, value, faults } = this.#begun.get(field.key) as Begun;
    const isFilled = visible && !field.computed && this.answers.mayWrite(field.key) && (!readOnly || item.compute);
    const required = Boolean(isFilled) && (item.required || item.requiredWhen(this.row, this.answers.moment));
    const isOffered = (option: string) => optionsWhen.get(option)?.(this.row, this.answers.moment) ?? true;
    this.items.set(field.key, { visible, required, readOnly, value, isOffered });
    if (visible) this.#problemsOf(item, { required, isOffered });
    this.#change(item);
    if (visible) this.problems.push(...faults);
  }

  #problemsOf(
    { field, compute }: CompiledItem,
    { required, isOffered }: Pick<AnsweredItem, 'required' | 'isOffered'>,
  ): void {
    const { readOnly, value, faults } = this.#begun.get(field.key) as Begun;
    if (readOnly && !compute && this.#isEnteredAnew(field.key)) this.problems.push(readOnlyProblem(field.key));
    if (required && value === null && faults.length === 0) this.problems.push(requiredProblem(field));
    const kept = new Set(keysOf(this.#stored(field.key)));
    if (!readOnly && keysOf(value).some((key) => !kept.has(key) && !isOffered(String(key))))
      this.problems.push({ path: field.key, code: 'NOT_AN_OPTION', message: notOffered });
  }

  /** Whether a value was sent for a field that cannot be entered, other than the one that stands in it. */
  #isEnteredAnew(key: string): boolean {
    const entered = this.answers.entered[key];
    return entered !== undefined && !isSame(entered, this.#begun.get(key)?.value ?? null);
  }

  #change({ field }: CompiledItem): void {
    const { key } = field;
    const { visible, value } = this.#begun.get(key) as Begun;
    if (field.computed || !this.answers.mayWrite(key)) return;
    const after = visible ? value : this.form.hiddenValues === 'CLEAR' ? null : this.#stored(key);
    if (!isSame(after, this.#stored(key))) this.changes.set(key, after);
  }
}

const notOffered = sentence('这个选项现在不可选', 'This option is not offered now');

function readOnlyProblem(path: string): Problem {
  return { path, code: 'READ_ONLY', message: sentence('此项现在不能填写', 'This cannot be entered now') };
}

/** The option keys that a value holds. */
function keysOf(value: Value): readonly unknown[] {
  return value === null ? [] : Array.isArray(value) ? value : [value];
}

function isSame(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
