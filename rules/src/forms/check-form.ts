import { fieldsOf } from '../references.ts';
import type { Node } from '../ast.ts';
import { checkRule, checkRuleOfField } from '../check.ts';
import type { FieldDefinition } from '../fields/field-definition.ts';
import type { Rule } from '../json.ts';
import { isSystemField } from '../fields/system-fields.ts';
import { sentence } from '../locale.ts';
import type { Checked, Problem } from '../problem.ts';
import {
  isFieldItem,
  partsOf,
  pictureItemsOf,
  type FieldItem,
  type FormLayout,
  type LayoutPart,
  type PictureItem,
} from './layout.ts';
import { orderSteps, type FormStep } from './order-steps.ts';
import type { CheckedItem, FormCatalogue } from './checked-item.ts';

/** A layout that fits the catalogue, ready to be compiled. */
export interface CheckedForm {
  /** Its fields, and the formulas between them, each after everything that it reads. */
  readonly steps: readonly FormStep[];
  /** The rule of each page, section and item that has one, by its place. */
  readonly visibleWhen: ReadonlyMap<string, Node>;
  /** The keys of all fields that its rules read, those of the form too. */
  readonly reads: ReadonlySet<string>;
}

/**
 * Checks a layout against the catalogue: each field is one that can be filled and stands once, each picture is chosen and described, each rule
 * fits, and no rule depends on itself by way of others. Gives everything that is wrong, each with a JSON Pointer into the layout. Rules of a
 * form know neither events nor segments nor who looks on: they run in the browser, over what is on the form.
 */
export function checkForm(layout: FormLayout, catalogue: FormCatalogue): Checked<CheckedForm, Problem['code']> {
  const check = new FormCheck({ ...catalogue, events: undefined, segments: undefined, viewer: undefined });
  const parts = partsOf(layout);
  for (const { path, part } of parts) check.visibility(path, part.visibleWhen);
  for (const picture of pictureItemsOf(layout)) check.picture(picture);
  const items = parts.flatMap(({ part, ...place }) => (isFieldItem(part) ? check.item({ ...place, part }) : []));
  if (check.problems.length > 0) return { ok: false, problems: check.problems };
  const order = orderSteps(items, check.reads, catalogue);
  if (!order.ok) return order;
  return { ok: true, value: { steps: order.value, visibleWhen: check.visibleWhen, reads: check.reads } };
}

const noPicture = sentence('还没有选择图片', 'No picture is chosen yet');
const noDescription = sentence(
  '写一句图片描述，给看不到图片的人；只是装饰的请标明',
  'Describe the picture for people who cannot see it, or mark it as decoration',
);

/** One run of the check: collects problems, the rules of parts, and what rules read. */
class FormCheck {
  readonly problems: Problem[] = [];
  readonly visibleWhen = new Map<string, Node>();
  readonly reads = new Set<string>();
  readonly #placed = new Set<string>();

  constructor(private readonly catalogue: FormCatalogue) {}

  visibility(path: string, rule: Rule | undefined): void {
    const node = this.#condition(`${path}/visibleWhen`, rule);
    if (node) this.visibleWhen.set(path, node);
  }

  picture({ path, part: { picture, alt } }: LayoutPart<PictureItem>): void {
    if (picture === '') this.#report(`${path}/picture`, 'REQUIRED', noPicture);
    // '' says on purpose that it is a decoration.
    const words = typeof alt === 'object' ? Object.values(alt).join('') : (alt ?? '');
    if (alt !== '' && words.trim() === '') this.#report(`${path}/alt`, 'REQUIRED', noDescription);
  }

  item({ path, part, around }: LayoutPart<FieldItem>): CheckedItem[] {
    const field = this.#field(part.field, path);
    if (!field) return [];
    const options = Object.entries(part.optionsWhen ?? {}).flatMap(([key, rule]): [string, Node][] => {
      const node = this.#condition(`${path}/optionsWhen/${key}`, rule);
      return node ? [[key, node]] : [];
    });
    return [
      {
        field,
        path,
        required: field.required || part.required === true,
        visibleWhen: [...around, path].flatMap((place) => this.visibleWhen.get(place) ?? []),
        requiredWhen: this.#condition(`${path}/requiredWhen`, part.requiredWhen),
        readOnlyWhen: this.#condition(`${path}/readOnlyWhen`, part.readOnlyWhen),
        default: this.#valueOf(field, `${path}/default`, part.default),
        compute: this.#valueOf(field, `${path}/compute`, part.compute),
        optionsWhen: new Map(options),
      },
    ];
  }

  #field(key: string, path: string): FieldDefinition | undefined {
    const field = this.catalogue.fields.get(key);
    if (!field || isSystemField(key))
      return this.#report(path, 'UNKNOWN_FIELD', sentence('没有这个字段', 'There is no such field'));
    if (this.#placed.has(key)) {
      return this.#report(
        path,
        'INVALID',
        sentence('一个字段在表单上只能放一次', 'A field stands on a form only once'),
      );
    }
    this.#placed.add(key);
    return field;
  }

  #report(path: string, code: Problem['code'], message: Problem['message']): undefined {
    this.problems.push({ path, code, message });
    return undefined;
  }

  #condition(path: string, rule: Rule | undefined): Node | undefined {
    return rule === undefined ? undefined : this.#checked(path, checkRule(rule, this.catalogue));
  }

  #valueOf(field: FieldDefinition, path: string, rule: Rule | undefined): Node | undefined {
    if (rule === undefined) return undefined;
    if (field.computed) {
      return this.#report(path, 'READ_ONLY', sentence('公式字段由公式计算', 'This field is computed by its formula'));
    }
    return this.#checked(path, checkRuleOfField(rule, field, this.catalogue));
  }

  #checked(path: string, outcome: Checked<Node, Problem['code']>): Node | undefined {
    if (!outcome.ok) {
      this.problems.push(...outcome.problems.map((problem) => ({ ...problem, path: path + problem.path })));
      return undefined;
    }
    for (const key of fieldsOf(outcome.value)) this.reads.add(key);
    return outcome.value;
  }
}
