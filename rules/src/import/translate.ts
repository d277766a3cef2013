import { ruleLimits } from '../limits.ts';
import { sentence } from '../locale.ts';
import { valueTypes } from '../types/index.ts';
import { nameOf, operationOf, type Asked, type ForeignOperation, type Place, type TypeOf } from './foreign.ts';
import { keep, refuse, write, type Foreign, type Part } from './part.ts';
import { compared, containing, divided, eachOption, emptiness, ordered } from './rewrites.ts';

/** How an operation is written anew. */
type Rewrite = (operation: ForeignOperation, place: Place) => Part;

/** JSON-logic, and what react-querybuilder registers, by the name that the same has here. */
const sameByAnotherName: ReadonlyMap<string, string> = new Map([
  ['?:', 'if'],
  ['startsWith', 'starts_with'],
  ['endsWith', 'ends_with'],
]);

const noDefault = sentence(
  'var 的默认值不能保留，请改用“如果……为空”',
  'The default of a var cannot be kept; write an “if” that asks whether it is empty',
);

const noList = sentence('条件要写成列表', 'Conditions are to be written as a list');

const noType: TypeOf = () => undefined;

const rewrites: ReadonlyMap<string, Rewrite> = new Map<string, Rewrite>([
  ['var', field],
  ['and', joined],
  ['or', joined],
  ['!!', truth],
  ['==', compared],
  ['!=', compared],
  ['===', compared],
  ['!==', compared],
  ['<', ordered],
  ['<=', ordered],
  ['>', ordered],
  ['>=', ordered],
  ['/', divided],
  ['%', divided],
  ['in', containing],
  ['some', eachOption],
  ['none', eachOption],
  ['missing', emptiness],
  ['me', ofViewer],
]);

/** Writes something foreign as a part of a rule. Only what keeps its meaning is written anew; the check of the rule finds the rest. */
export function translate(foreign: Foreign, asked: Asked, typeOf: TypeOf): Part {
  if (foreign.depth > ruleLimits.ruleNesting) return keep(foreign);
  const operation = operationOf(foreign);
  if (!operation) return asked === 'truth' && foreign.depth > 0 ? truthOfValue(foreign) : keep(foreign);
  const rewrite = rewrites.get(operation.key) ?? asItIs;
  return rewrite(operation, { asked, typeOf, value: (each) => translate(each, 'value', typeOf) });
}

function asItIs({ key, path, at, operands }: ForeignOperation, { asked, typeOf }: Place): Part {
  const name = sameByAnotherName.get(key) ?? key;
  const parts = operands.map((operand, index) => {
    const inside = key === 'filter' && index === 1 ? noType : typeOf;
    return translate(operand, askedOfOperand(name, index, operands.length, asked), inside);
  });
  return write(name, parts, path, at);
}

function askedOfOperand(key: string, index: number, count: number, asked: Asked): Asked {
  if (key === '!') return 'truth';
  if (key === 'filter') return index === 1 ? 'truth' : 'value';
  if (key === 'if') return index % 2 === 0 && index < count - 1 ? 'truth' : asked;
  return key === 'and' || key === 'or' ? asked : 'value';
}

/** `and` and `or`; some implementations refuse conditions that stand in no list. */
function joined(operation: ForeignOperation, place: Place): Part {
  const isBare = operation.operands[0]?.path === operation.at;
  return isBare ? refuse(operation.at, 'ARITY', noList) : asItIs(operation, place);
}

/** `!!`: in a condition's place a condition is what it is; elsewhere it must not be empty. */
function truth(operation: ForeignOperation, { asked, typeOf }: Place): Part {
  const { path, at, operands } = operation;
  if (operands.length !== 1) return keep(operation);
  const part = translate(operands[0]!, 'truth', typeOf);
  return asked === 'truth' ? part : write('and', [part], path, at);
}

function field(operation: ForeignOperation, { asked, typeOf }: Place): Part {
  if (operation.operands.length > 1) return refuse(operation.at, 'ARITY', noDefault);
  return asked === 'truth' ? truthOfField(operation, typeOf) : keep(operation);
}

/** The type of an attribute, and that it is a list, is told by its place: only the portable form says it. */
function ofViewer(operation: ForeignOperation, { value }: Place): Part {
  const { key, path, at, operands } = operation;
  const [attribute, type, list] = operands;
  const isPortable =
    typeof type?.raw === 'string' && type.raw in valueTypes && (list === undefined || list.raw === 'list');
  return isPortable
    ? write(key, [value(attribute!)], path, at)
    : asItIs(operation, { asked: 'value', typeOf: noType, value });
}

/** JSON-logic takes an empty list for false; an object it cannot be here. */
function truthOfValue(foreign: Foreign): Part {
  const { raw } = foreign;
  if (raw !== null && typeof raw === 'object' && !Array.isArray(raw)) return keep(foreign);
  return keep(foreign, Array.isArray(raw) ? raw.length > 0 : Boolean(raw));
}

/** Of a field that is no yes or no: that it is not empty, and of a number that it is not 0 either. */
function truthOfField(foreign: Foreign, typeOf: TypeOf): Part {
  const type = typeOf(nameOf(foreign) ?? '');
  if (type === undefined || type === 'BOOLEAN') return keep(foreign);
  const isNot = (value: 0 | null) => write('!=', [keep(foreign), keep(foreign, value)], foreign.path);
  return type === 'NUMBER' ? write('and', [isNot(null), isNot(0)], foreign.path) : isNot(null);
}
