import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const file = path.join(import.meta.dirname, '../../schema.graphql');
const schema = buildSchema(readFileSync(file, 'utf8'));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** The least that an argument of this type can be. */
function least(type: GraphQLInputType): string {
  if (isNonNullType(type)) return least(type.ofType);
  if (isListType(type)) return '[]';
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type))
    return (
      { Int: '1', Boolean: 'true', JSON: '{}', Rule: 'true', DateTime: '"2026-01-01T00:00:00Z"' }[type.name] ?? '"a"'
    );
  const required = Object.values(type.getFields()).filter((each) => isNonNullType(each.type));
  return `{ ${required.map((each) => `${each.name}: ${least(each.type)}`).join(', ')} }`;
}

/** The least document that asks for a field of the root. */
function document(kind: string, { name, args, type }: GraphQLField<unknown, unknown>): string {
  const required = args.filter((each) => isNonNullType(each.type));
  const given =
    required.length > 0 ? `(${required.map((each) => `${each.name}: ${least(each.type)}`).join(', ')})` : '';
  return `${kind} { ${name}${given} ${isLeafType(getNamedType(type)) ? '' : '{ __typename }'} }`;
}

const documents = (['query', 'mutation'] as const).flatMap((kind) => {
  const root = kind === 'query' ? schema.getQueryType() : schema.getMutationType();
  return Object.values(root!.getFields()).map((field): [string, string] => [field.name, document(kind, field)]);
});
const closed = documents.filter(([name]) => name !== 'login');

it('knows every operation', () => {
  expect(documents.length).toBeGreaterThan(20);
  expect(closed).toHaveLength(documents.length - 1);
});

it.each(closed)('P24 %s is for nobody who is not signed in', async (_, query) => {
  for (const token of [null, 'nonsense']) {
    const { status, data, errors } = await server.call<object | null>(query, {}, { token });
    expect({ status, codes: errors?.map(({ extensions }) => extensions.code) }).toEqual({
      status: 200,
      codes: ['UNAUTHENTICATED'],
    });
    expect(Object.values(data ?? {}).filter((each) => each !== null)).toEqual([]);
  }
});
