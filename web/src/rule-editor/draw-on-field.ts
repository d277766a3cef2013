import type { Catalogue, Rule } from '@kequn/rules';
import { drawChoice } from './choice.ts';
import { drawCombined } from './combined.ts';
import type { OnField } from './draft.ts';
import { drawExcerpt } from './excerpt.ts';
import { derivationsOf, writeOnField } from './on-field.ts';
import { isSame, operation, variableOf } from './patterns.ts';

/** What a value in a rule asks of a field; undefined where no line can draw that. */
export function drawOnField(rule: Rule, catalogue: Catalogue): OnField | undefined {
  const key = variableOf(rule);
  if (key !== undefined) return catalogue.fields.has(key) ? { kind: 'field', key } : undefined;
  const drawn = [
    ...derived(rule, catalogue),
    drawCombined(rule, catalogue),
    drawExcerpt(rule, catalogue),
    drawChoice(rule, catalogue),
  ];
  return drawn.find((subject) => subject && isSame(writeOnField(subject), rule));
}

function derived(rule: Rule, catalogue: Catalogue): readonly OnField[] {
  const [, [operand = null] = []] = operation(rule) ?? [];
  const field = catalogue.fields.get(variableOf(operand) ?? '');
  return field ? derivationsOf(field).map((derivation) => ({ kind: 'derived', key: field.key, derivation })) : [];
}
