import { readFileSync } from 'node:fs';
import path from 'node:path';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import {
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  lexicographicSortSchema,
  parse,
  print,
  printSchema,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { resolvers } from './app.module.ts';
import { schemaOptions } from './platform/graphql/apollo-options.ts';

/** What a schema promises, each promise by its place: `Type`, `Type.part` or `Type.part(argument)`, and of what type it is. */
type Promises = ReadonlyMap<string, string>;

const contract = promisesOf('test/contract.graphql');
const server = promisesOf('server/schema.graphql');

function promisesOf(file: string): Promises {
  const text = readFileSync(path.join(import.meta.dirname, '../..', file), 'utf8');
  return new Map(parse(text, { noLocation: true }).definitions.flatMap(promisesOfDefinition));
}

function promisesOfDefinition(definition: DefinitionNode): [string, string][] {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION: {
      const name = definition.name.value;
      return [[name, 'type'], ...(definition.fields ?? []).flatMap((field) => ofField(name, field))];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const name = definition.name.value;
      return [
        [name, 'input'],
        ...(definition.fields ?? []).map((field) => ofInput(`${name}.${field.name.value}`, field)),
      ];
    }
    case Kind.ENUM_TYPE_DEFINITION: {
      const name = definition.name.value;
      return [
        [name, 'enum'],
        ...(definition.values ?? []).map((each): [string, string] => [`${name}.${each.name.value}`, '']),
      ];
    }
    case Kind.SCALAR_TYPE_DEFINITION:
      return [[definition.name.value, 'scalar']];
    default:
      throw new Error(`Neither schema has a ${definition.kind}`);
  }
}

function ofField(type: string, field: FieldDefinitionNode): [string, string][] {
  const place = `${type}.${field.name.value}`;
  const named = (field.arguments ?? []).map((each) => ofInput(`${place}(${each.name.value})`, each));
  return [[place, print(field.type)], ...named];
}

function ofInput(place: string, input: InputValueDefinitionNode): [string, string] {
  return [place, print(input.type) + (input.defaultValue ? ` = ${print(input.defaultValue)}` : '')];
}

/** The place that a place lies in: a missing type is told once, not part by part. */
function isInside(place: string, other: string): boolean {
  return place.startsWith(`${other}.`) || place.startsWith(`${other}(`);
}

/** Whether the operation or type that a place belongs to is of the contract: one of our own may ask for what it likes. */
function isOfContract(place: string): boolean {
  return !place.includes('(') || contract.has(place.slice(0, place.indexOf('(')));
}

const missing = [...contract.keys()].filter((place) => !server.has(place));
const outermost = missing.filter((place) => !missing.some((other) => isInside(place, other)));

/** What of the contract the server does not have yet: only ever shorter. */
const notBuiltYet = [
  'ChangeCause.IMPORT',
  'ChangeCause.MANUAL',
  'ChangeCause.MERGE',
  'ChangeCause.MODEL',
  'Date',
  'FieldType.MODEL',
  'Impact',
  'ImportInput',
  'Model',
  'ModelInput',
  'ModelKind',
  'Mutation.activateTierSet',
  'Mutation.mergeCustomers',
  'Mutation.runModel',
  'Mutation.saveModel',
  'Mutation.saveTierSet',
  'Mutation.startImport',
  'Mutation.undoMerge',
  'Overlap',
  'ProfileField',
  'Query.model',
  'Query.models',
  'Query.segmentImpact',
  'Query.segmentOverlap',
  'Query.segmentProfile',
  'Query.segmentSizes',
  'Query.tierSets',
  'SegmentSize',
  'TierInput',
  'TierSet',
  'TierSetInput',
];

describe('the committed schema', () => {
  it('is the one that the code makes', async () => {
    const app = await NestFactory.create(GraphQLSchemaBuilderModule, { logger: false });
    await app.init();
    const schema = await app.get(GraphQLSchemaFactory).create(resolvers, schemaOptions);
    await app.close();
    const committed = readFileSync(path.join(import.meta.dirname, '../schema.graphql'), 'utf8');
    expect(`${printSchema(lexicographicSortSchema(schema))}\n`, 'npm run schema writes it anew').toBe(committed);
  });
});

describe('the public contract', () => {
  it('is read as a whole', () => {
    expect(contract.size).toBeGreaterThan(400);
    expect(contract.get('Mutation.saveCustomer(leaveScope)')).toBe('Boolean = false');
    expect(contract.get('Capability.MANAGE_FIELDS')).toBe('');
  });

  it('is kept by what is built: same names, arguments, nullability and defaults', () => {
    const built = [...contract].filter(([place]) => server.has(place));
    expect(Object.fromEntries(built.map(([place]) => [place, server.get(place)]))).toEqual(Object.fromEntries(built));
  });

  it('lacks exactly what stands in the list of what is not built', () => {
    expect(outermost.toSorted()).toEqual([...notBuiltYet].toSorted());
  });

  it('needs nothing that the contract does not name', () => {
    const inputs = [...server].filter(
      ([place, type]) =>
        !contract.has(place) &&
        isOfContract(place) &&
        (place.includes('(') || server.get(place.split('.')[0]!) === 'input') &&
        type.endsWith('!'),
    );
    const extra = inputs.filter(([place]) => [...contract.keys()].some((known) => isInside(place, known)));
    expect(extra).toEqual([]);
  });
});
