import { typedAs, type CheckScope, type Literal, type Node } from './ast.ts';
import type { Catalogue } from './catalogue.ts';
import { eventsKey, propertyOf, type EventTypeDefinition } from './events.ts';
import type { FieldDefinition } from './fields/field-definition.ts';
import { forbiddenKey, forbiddenKeys } from './forbidden-keys.ts';
import { fieldTypes } from './fields/index.ts';
import type { Rule, Value } from './json.ts';
import { limitMessage } from './limit-message.ts';
import { ruleLimits, type RuleLimit } from './limits.ts';
import { sentence, type Sentence } from './locale.ts';
import { whyNotAll } from './operators/all.ts';
import { operators } from './operators/index.ts';
import type { Checked, Problem, RuleProblemCode } from './problem.ts';
import { valueTypes } from './types/index.ts';
import type { ValueType } from './types/value-type.ts';

const noSuchOperation = sentence('没有这个运算', 'There is no such operation');
const noSuchEvents = sentence('没有这种行为', 'There is no such event type');
const noEventsHere = sentence('这里不能用客户的行为', 'What customers did cannot be asked here');
const noSuchOption = sentence('没有这个选项', 'There is no such option');
const noValue = sentence('公式要算出一个值', 'A formula computes one value');
const noSuchProperty = sentence(
  '这种行为没有这个属性；这里只能用行为自己的属性',
  'Events of this type have no such property; only their own can stand here',
);

/**
 * Checks a rule against the catalogue: a frozen, bounded, typed tree, or everything that is wrong with it, each with a JSON Pointer
 * into the rule as it was sent. Never throws, whatever it is given.
 */
export function checkRule(rule: unknown, catalogue: Catalogue): Checked<Node, RuleProblemCode> {
  const check = new RuleCheck(catalogue);
  return check.outcome(rule, check.condition(rule as Rule, '', 0));
}

/**
 * Checks what a formula field is to compute, against the catalogue without segments and viewer: one value of any type, or everything that
 * is wrong with it, as `checkRule`.
 */
export function checkFormula(formula: unknown, catalogue: Catalogue): Checked<Node, RuleProblemCode> {
  const check = new RuleCheck({ ...catalogue, segments: undefined, viewer: undefined });
  return check.outcome(formula, check.value(formula as Rule));
}

/**
 * Checks a rule that computes a value of a field, as one that a form begins with: a literal or a formula of the type of the field, or the keys
 * of several options. As of `checkFormula`, everything that is wrong with it.
 */
export function checkRuleOfField(
  rule: unknown,
  field: FieldDefinition,
  catalogue: Catalogue,
): Checked<Node, RuleProblemCode> {
  const check = new RuleCheck({ ...catalogue, segments: undefined, viewer: undefined });
  return check.outcome(rule, check.valueOfField(rule as Rule, field));
}

/** One run of the check: collects problems and counts what is limited. */
class RuleCheck {
  readonly problems: Problem<RuleProblemCode>[] = [];
  #conditions = 0;
  /** The type of the events that the condition under check asks about. */
  #eventType: EventTypeDefinition | undefined;
  readonly #catalogue: Catalogue;

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  report(path: string, code: RuleProblemCode, message: Sentence, limit?: RuleLimit): undefined {
    this.problems.push({ path, code, message, ...(limit && { limit }) });
    return undefined;
  }

  outcome(rule: unknown, node: Node | undefined): Checked<Node, RuleProblemCode> {
    // Only a rule whose nesting was found bounded can be written out, so its size is asked last.
    if (this.problems.length === 0) this.#size(rule);
    if (node === undefined || this.problems.length > 0) return { ok: false, problems: this.problems };
    return { ok: true, value: node };
  }

  #size(rule: unknown): void {
    if (utf8Bytes(JSON.stringify(rule)) > ruleLimits.ruleBytes)
      this.report('', 'LIMIT', limitMessage('ruleBytes'), 'ruleBytes');
  }

  value(raw: Rule): Node | undefined {
    const node = this.node(raw, '', 0);
    if (node === undefined) return undefined;
    if (node.type === 'NULL' || node.type === 'EVENTS') return this.report('', 'TYPE', noValue);
    return node.kind === 'literal' ? this.#settle(node, node.type, undefined, '') : node;
  }

  valueOfField(raw: Rule, field: FieldDefinition): Node | undefined {
    const type = fieldTypes[field.type].valueType;
    if (Array.isArray(raw) && type === 'OPTIONS') return this.#optionsOf(raw as readonly Rule[], field);
    const node = this.node(raw, '', 0);
    return node && this.#settle(node, type, field, '');
  }

  #optionsOf(raw: readonly Rule[], field: FieldDefinition): Node | undefined {
    const unknown = raw.findIndex((key) => !field.options.some((option) => option.key === key));
    if (unknown >= 0) return this.report(`/${unknown}`, 'UNKNOWN_OPTION', noSuchOption);
    return Object.freeze<Literal>({ kind: 'literal', type: 'OPTIONS', value: raw as readonly string[], field });
  }

  condition(raw: Rule, path: string, depth: number): Node | undefined {
    const node = this.node(raw, path, depth);
    if (node === undefined || node.type === 'BOOLEAN') return node;
    const typed = typedAs(node, 'BOOLEAN');
    if (typed) return typed;
    return this.report(path, 'NOT_BOOLEAN', sentence('这里需要一个条件', 'A condition is expected here'));
  }

  conditionOnEvents(
    eventType: EventTypeDefinition,
    ...place: [raw: Rule, path: string, depth: number]
  ): Node | undefined {
    this.#eventType = eventType;
    const node = this.condition(...place);
    this.#eventType = undefined;
    return node;
  }

  node(raw: Rule, path: string, depth: number): Node | undefined {
    if (raw === null) return Object.freeze<Literal>({ kind: 'literal', type: 'NULL', value: null });
    switch (typeof raw) {
      case 'boolean':
        return this.literal(raw, 'BOOLEAN', undefined, path);
      case 'number':
        return this.literal(raw, 'NUMBER', undefined, path);
      case 'string':
        return Object.freeze<Literal>({ kind: 'literal', type: 'TEXT', value: raw });
      case 'object':
        return Array.isArray(raw)
          ? this.#strayList(path)
          : this.#operation(raw as Readonly<Record<string, Rule>>, path, depth + 1);
      default:
        return this.report(path, 'NOT_A_RULE', sentence('这不是规则', 'This is no rule'));
    }
  }

  literal(
    raw: string | number | boolean,
    type: ValueType,
    field: FieldDefinition | undefined,
    path: string,
  ): Node | undefined {
    const outcome = valueTypes[type].literal(raw, { ...this.#catalogue, field });
    if (!outcome.ok) return this.report(path, outcome.code, outcome.message);
    return Object.freeze<Literal>({ kind: 'literal', type, value: outcome.value, field });
  }

  #strayList(path: string): undefined {
    return this.report(path, 'TYPE', sentence('这里不能是列表', 'A list cannot stand here'));
  }

  #operation(raw: Readonly<Record<string, Rule>>, path: string, depth: number): Node | undefined {
    const [key, ...others] = Object.keys(raw);
    if (key === undefined || others.length > 0) {
      return this.report(
        path,
        'NOT_A_RULE',
        sentence('每一步只能有一个运算', 'Each step must hold exactly one operation'),
      );
    }
    if (forbiddenKeys.has(key)) return this.report(path, 'FORBIDDEN_KEY', forbiddenKey);
    if (depth > ruleLimits.ruleNesting) return this.report(path, 'LIMIT', limitMessage('ruleNesting'), 'ruleNesting');
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return key === 'var' ? this.#field(raw[key]!, at) : this.#call(key, raw[key]!, path, at, depth);
  }

  #field(operand: Rule, path: string): Node | undefined {
    const key: unknown = Array.isArray(operand) && operand.length === 1 ? operand[0] : operand;
    if (this.#eventType) return this.#property(this.#eventType, key, path);
    if (typeof key === 'string' && key.startsWith(`${eventsKey}.`)) return this.#events(key, path);
    const field = typeof key === 'string' ? this.#catalogue.fields.get(key) : undefined;
    if (!field) return this.report(path, 'UNKNOWN_FIELD', sentence('没有这个字段', 'There is no such field'));
    return Object.freeze<Node>({ kind: 'field', type: fieldTypes[field.type].valueType, field });
  }

  #property(eventType: EventTypeDefinition, key: unknown, path: string): Node | undefined {
    const field = propertyOf(eventType, key);
    if (field) return Object.freeze<Node>({ kind: 'property', type: fieldTypes[field.type].valueType, field });
    return this.report(path, 'UNKNOWN_FIELD', noSuchProperty);
  }

  #events(key: string, path: string): Node | undefined {
    const eventType = this.#catalogue.events?.get(key.slice(eventsKey.length + 1));
    if (eventType) return Object.freeze<Node>({ kind: 'events', type: 'EVENTS', eventType });
    return this.report(path, 'UNKNOWN_FIELD', this.#catalogue.events ? noSuchEvents : noEventsHere);
  }

  #call(key: string, raw: Rule, path: string, at: string, depth: number): Node | undefined {
    const operator = operators.get(key);
    if (!operator) return this.report(path, 'UNKNOWN_OPERATION', key === 'all' ? whyNotAll : noSuchOperation);
    const isShort = !Array.isArray(raw);
    const operands: readonly Rule[] = isShort ? [raw] : (raw as readonly Rule[]);
    const { min, max } = operator.arity;
    if (operands.length < min || operands.length > max) {
      return this.report(at, 'ARITY', sentence('运算的参数个数不对', 'The operation has the wrong number of operands'));
    }
    if (operator.gives === 'predicate' && ++this.#conditions === ruleLimits.ruleConditions + 1) {
      return this.report(path, 'LIMIT', limitMessage('ruleConditions'), 'ruleConditions');
    }
    const checked = operator.check(operands, this.#scope(operands, at, isShort, depth));
    if (checked === undefined) return undefined;
    const type = typeof operator.type === 'string' ? operator.type : operator.type(checked);
    return Object.freeze<Node>({ kind: 'call', type, operator, operands: Object.freeze(checked), path });
  }

  #scope(operands: readonly Rule[], at: string, isShort: boolean, depth: number): CheckScope {
    const place = (index: number) => (isShort ? at : `${at}/${index}`);
    return {
      catalogue: this.#catalogue,
      path: at,
      operand: (index) => this.node(operands[index]!, place(index), depth),
      condition: (index) => this.condition(operands[index]!, place(index), depth),
      conditionOnEvents: (type, index) => this.conditionOnEvents(type, operands[index]!, place(index), depth),
      isOnEvents: this.#eventType !== undefined,
      settle: (node, type, field, path) => this.#settle(node, type, field, path),
      report: (path, code, message, limit) => this.report(path, code, message, limit),
    };
  }

  #settle(node: Node, type: ValueType, field: FieldDefinition | undefined, path: string): Node | undefined {
    if (node.type === 'NULL') return node;
    if (node.kind === 'literal' && isScalar(node.value) && canBe(node.value, type))
      return this.literal(node.value, type, field, path);
    const typed = typedAs(node, type);
    if (typed) return typed;
    if (node.kind !== 'literal' && node.type === type) return node;
    const [is, asked] = [valueTypes[node.type].label, valueTypes[type].label];
    return this.report(
      path,
      'TYPE',
      sentence(`类型不同：${is['zh-CN']}与${asked['zh-CN']}`, `Different types: ${is.en} and ${asked.en}`),
    );
  }
}

/** What a rule can write as one literal. */
function isScalar(value: Value): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}

/** Whether a literal as it is written could be one of a type: all but numbers and yes or no are written as strings. */
function canBe(value: string | number | boolean, type: ValueType): boolean {
  if (type === 'NUMBER') return typeof value === 'number';
  return type === 'BOOLEAN' ? typeof value === 'boolean' : typeof value === 'string';
}

function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) bytes += 1;
    else if (point < 0x800) bytes += 2;
    else bytes += point < 0x10000 ? 3 : 4;
  }
  return bytes;
}
