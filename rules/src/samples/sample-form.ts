import { answerForm, type FormAnswers } from '../forms/answer-form.ts';
import type { CompiledForm, CompiledItem } from '../forms/compile-form.ts';
import type { Value } from '../json.ts';
import { sampleValue, type SampleOrder } from './sample-value.ts';

/** Times that what does not fit the others is made up anew, such as an option that is not offered with them. */
const ROUNDS = 6;

type Entered = Readonly<Record<string, Value>>;

/** A form filled in with made-up values, by field key: nothing of it is wrong, but what was left empty may have to be filled in. */
export function sampleForm(
  form: CompiledForm,
  order: SampleOrder,
  about: Pick<FormAnswers, 'stored' | 'mayWrite' | 'moment'>,
): Entered {
  const items = form.steps.flatMap(({ item }) => (item && !item.compute && !item.field.computed ? [item] : []));
  let entered = filledAnew(items, order, {});
  // Where nothing has fitted, each further round has fewer entries, so it comes to an end.
  for (let round = 0; ; round += 1) {
    const wrong = wrongIn(form, { ...about, entered });
    if (wrong.size === 0) return entered;
    const kept = Object.fromEntries(Object.entries(entered).filter(([key]) => !wrong.has(key)));
    const again = round < ROUNDS ? items.filter(({ field }) => wrong.has(field.key)) : [];
    entered = filledAnew(again, { ...order, seed: `${order.seed} ${round}` }, kept);
  }
}

function filledAnew(items: readonly CompiledItem[], order: SampleOrder, kept: Entered): Entered {
  const made = items.map(({ field }) => [field.key, sampleValue(field, order)] as const);
  return { ...kept, ...Object.fromEntries(made.filter(([, value]) => value !== null)) };
}

/** The keys of what was entered and does not fit. */
function wrongIn(form: CompiledForm, answers: FormAnswers & { readonly entered: Entered }): ReadonlySet<string> {
  const { problems } = answerForm(form, answers);
  return new Set(problems.map(({ path }) => path).filter((key) => key in answers.entered));
}
