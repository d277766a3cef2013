import type { FieldDefinition, FieldType } from '../fields/field-definition.ts';
import type { Rule } from '../json.ts';
import { isFieldItem, type FieldItem, type FormItem, type FormLayout } from './layout.ts';

/** A choice that people may answer in their own words: while one of its options is chosen, a text is asked for directly below. */
export interface OwnWords {
  /** The key of the field of options. */
  readonly choice: string;
  /** The key of the option that says that none of the others fits. */
  readonly option: string;
  /** The key of the field of the words. */
  readonly words: string;
}

type Fields = ReadonlyMap<string, Pick<FieldDefinition, 'type'>>;

/** The rule that an option is chosen, of one or of several. */
export function chosenRule({ key, type }: Pick<FieldDefinition, 'key' | 'type'>, option: string): Rule {
  return type === 'MULTI_SELECT' ? { has_any: [{ var: key }, [option]] } : { '==': [{ var: key }, option] };
}

/** The ways to write that rule. */
function spellings(key: string, type: FieldType, option: Rule): readonly Rule[] {
  const chosen = { var: key };
  if (type === 'MULTI_SELECT') return [{ has_any: [chosen, [option]] }, { in: [option, chosen] }];
  return [{ '==': [chosen, option] }, { '==': [option, chosen] }, { in: [chosen, [option]] }];
}

/** Every choice of a layout with the text that stands directly below it and is shown while one of its options is chosen. */
export function ownWordsOf({ pages }: FormLayout, fields: Fields): readonly OwnWords[] {
  const columns = pages.flatMap(({ sections }) => sections.flatMap((section) => section.columns));
  return columns.flatMap(({ items }) =>
    items.flatMap((item, at) => {
      const found = pairOf(item, items[at + 1], fields);
      return found ? [found] : [];
    }),
  );
}

function pairOf(choice: FormItem, below: FormItem | undefined, fields: Fields): OwnWords | undefined {
  if (!isFieldItem(choice) || !below || !isFieldItem(below)) return undefined;
  const type = fields.get(choice.field)?.type;
  if ((type !== 'SELECT' && type !== 'MULTI_SELECT') || fields.get(below.field)?.type !== 'TEXT') return undefined;
  const option = optionAskedFor(choice.field, type, below);
  return option === undefined ? undefined : { choice: choice.field, option, words: below.field };
}

function optionAskedFor(key: string, type: FieldType, { visibleWhen }: FieldItem): string | undefined {
  if (visibleWhen === undefined) return undefined;
  const written = JSON.stringify(visibleWhen);
  return textsIn(visibleWhen).find((text) =>
    spellings(key, type, text).some((rule) => JSON.stringify(rule) === written),
  );
}

function textsIn(rule: Rule): readonly string[] {
  if (typeof rule === 'string') return [rule];
  if (typeof rule !== 'object' || rule === null) return [];
  return Object.values(rule).flatMap(textsIn);
}
