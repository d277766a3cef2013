import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildSchema, getNamedType, isObjectType, isRequiredArgument, type GraphQLObjectType } from 'graphql';

/** The API as it is published. */
export const schema = buildSchema(readFileSync(path.join(import.meta.dirname, '../../server/schema.graphql'), 'utf8'));

/** Everything that a type tells without being asked for more, to a depth. */
export function selection(typeName: string, depth: number): string {
  const type = schema.getType(typeName) as GraphQLObjectType;
  const fields = Object.values(type.getFields()).filter(({ args }) => !args.some(isRequiredArgument));
  const parts = fields.map(({ name, type: of }) => {
    const inner = getNamedType(of);
    if (!isObjectType(inner)) return name;
    return depth === 0 ? '' : `${name} ${selection(inner.name, depth - 1)}`;
  });
  return `{ __typename ${parts.join(' ')} }`;
}

/** The document that calls an operation such as `Query.customer` with the arguments of these names, and asks for everything it tells. */
export function documentOf(operation: string, given: readonly string[]): string {
  const [root, name] = operation.split('.') as [string, string];
  const field = (schema.getType(root) as GraphQLObjectType).getFields()[name]!;
  const args = field.args.filter((arg) => given.includes(arg.name));
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const type = getNamedType(field.type);
  const body = isObjectType(type) ? selection(type.name, 2) : '';
  return `${root.toLowerCase()}${declared && `(${declared})`} { ${name}${passed && `(${passed})`} ${body} }`;
}
