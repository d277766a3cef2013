import type { Rule } from '../json.ts';
import { sentence } from '../locale.ts';
import { nameOf, operandsOf, type ForeignOperation, type Place, type TypeOf } from './foreign.ts';
import { keep, refuse, write, type Foreign, type Part } from './part.ts';

const noDivisor = sentence('不能除以 0', 'Nothing can be divided by 0');
const notWhole = sentence('余数只能用整数来算', 'Only whole numbers have a remainder');
const noEmptyBeside = sentence(
  '各种 JSON-logic 实现对空值与 0、是或否是否相等看法不一',
  'Implementations of JSON-logic disagree on whether empty is equal to 0, yes or no',
);

/** `==` and `!=`, which check types here, so that the strict ones are the same. */
export function compared(operation: ForeignOperation, { value, typeOf }: Place): Part {
  const { key, path, at, operands } = operation;
  const isStrict = key.length === 3;
  if (!isStrict && operands.some(({ raw }) => raw === null) && operands.some(({ raw }) => isNumberOrBoolean(raw)))
    return refuse(path, 'TYPE', noEmptyBeside);
  const type = typeBeside(operands, typeOf);
  // JSON-logic finds 0 and no equal to an empty text, or strictly never.
  const canBeEmptyText = type !== undefined && type !== 'NUMBER' && type !== 'BOOLEAN';
  const parts = operands.map((operand) => {
    if (operand.raw === '' && canBeEmptyText) return keep(operand, null);
    return !isStrict && type === 'NUMBER' ? numberOr(value, operand) : value(operand);
  });
  return write(key.slice(0, 2), parts, path, at);
}

function isNumberOrBoolean(raw: Rule): boolean {
  return typeof raw === 'number' || typeof raw === 'boolean';
}

/** `<` and its kin. */
export function ordered({ key, path, at, operands }: ForeignOperation, { value, typeOf }: Place): Part {
  const isOfNumber = typeBeside(operands, typeOf) === 'NUMBER';
  const parts = operands.map((operand) => (isOfNumber ? numberOr(value, operand) : value(operand)));
  return write(key, parts, path, at);
}

/** `/` and `%`: where these have no result here, implementations of JSON-logic give an error, or a number that is none. */
export function divided({ key, path, at, operands }: ForeignOperation, { value }: Place): Part {
  const parts = operands.map((operand, index) => {
    if (index === 1 && operand.raw === 0) return refuse(operand.path, 'TYPE', noDivisor);
    const isWhole = typeof operand.raw !== 'number' || Number.isSafeInteger(operand.raw);
    return key === '%' && !isWhole ? refuse(operand.path, 'TYPE', notWhole) : value(operand);
  });
  return write(key, parts, path, at);
}

/** The one type of the fields among operands. */
function typeBeside(operands: readonly Foreign[], typeOf: TypeOf): ReturnType<TypeOf> {
  const types = operands.flatMap((operand) => {
    const name = nameOf(operand);
    return name === undefined ? [] : [typeOf(name)];
  });
  return types.every((type) => type === types[0]) ? types[0] : undefined;
}

/** A number that is written as text: beside a number, JSON-logic reads it as one. */
function numberOr(value: Place['value'], operand: Foreign): Part {
  const number = typeof operand.raw === 'string' ? Number(operand.raw) : NaN;
  return String(number) === operand.raw && Number.isFinite(number) ? keep(operand, number) : value(operand);
}

/** `in` with a list that holds more than values: it is equal to one of them. */
export function containing({ key, path, at, operands }: ForeignOperation, { value }: Place): Part {
  const [subject, list] = operands;
  const entries: readonly Rule[] = Array.isArray(list?.raw) ? list.raw : [];
  const areValues = entries.every((entry) => entry !== null && typeof entry !== 'object');
  if (operands.length !== 2 || areValues || nameOf(subject!) === undefined)
    return write(key, operands.map(value), path, at);
  const isOne = entries.map((raw, index) => {
    const entry = { raw, path: `${list!.path}/${index}`, depth: list!.depth + 1 };
    return write('==', [keep(subject!), value(entry)], entry.path);
  });
  return write('or', isOne, path, at);
}

/** `some` and `none` of the options of a customer, which are asked whether they are one of a list. */
export function eachOption({ key, path, at, operands }: ForeignOperation, { value }: Place): Part {
  const parts = operands.map((operand, index) => {
    const options = index === 1 ? optionsAskedFor(operand) : undefined;
    return options ? keep(operand, { in: [{ var: '' }, options] }) : value(operand);
  });
  return write(key, parts, path, at);
}

/** The options that one is to be of: `==` with one of them, `in` a list of them, or one of several such questions. */
function optionsAskedFor(question: Foreign): readonly Rule[] | undefined {
  const [item, list] = operandsOf(question, 'in');
  if (item && nameOf(item) === '' && Array.isArray(list?.raw)) return list.raw;
  const pair = operandsOf(question, '==', '===');
  const key = pair.find(({ raw }) => typeof raw === 'string');
  if (pair.length === 2 && key && pair.some((operand) => nameOf(operand) === '')) return [key.raw];
  const several = operandsOf(question, 'or').map(optionsAskedFor);
  return several.length > 0 && several.every((options) => options !== undefined) ? several.flat() : undefined;
}

/** `missing` in a condition's place: one of the fields is empty. */
export function emptiness(operation: ForeignOperation, { asked }: Place): Part {
  if (asked === 'value') return keep(operation);
  const { path, at, operands } = operation;
  const [first] = operands;
  const keys = Array.isArray(first?.raw)
    ? (first.raw as readonly Rule[]).map((raw, index) => ({ ...first, raw, path: `${first.path}/${index}` }))
    : operands;
  if (keys.length === 0 || !keys.every(({ raw }) => typeof raw === 'string')) return keep(operation);
  const areEmpty = keys.map((key) => write('==', [keep(key, { var: key.raw }), keep(key, null)], key.path));
  return areEmpty.length === 1 ? areEmpty[0]! : write('or', areEmpty, path, at);
}
