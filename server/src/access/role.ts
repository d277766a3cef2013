import { Field as Exposed, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { RuleScalar } from '../platform/graphql/scalars.ts';

const capabilityNames = [
  'MANAGE_FIELDS',
  'MANAGE_FORMS',
  'MANAGE_SEGMENTS',
  'MANAGE_ROLES',
  'MANAGE_USERS',
  'IMPORT',
  'EXPORT',
  'ERASE_CUSTOMERS',
  'VIEW_AUDIT',
  'MANAGE_AUTOMATIONS',
  'MANAGE_MODELS',
] as const;

/** Something that a role lets its users do. */
export type Capability = (typeof capabilityNames)[number];
/** The GraphQL enum of capabilities. */
export const Capability = Object.fromEntries(capabilityNames.map((name) => [name, name])) as { [K in Capability]: K };
registerEnumType(Capability, { name: 'Capability' });

/** What a role may do with a field; ordered: each includes what is before it. */
export const FieldAccess = { HIDDEN: 'HIDDEN', MASKED: 'MASKED', READ: 'READ', WRITE: 'WRITE' } as const;
/** One of the four degrees of access. */
export type FieldAccess = keyof typeof FieldAccess;
registerEnumType(FieldAccess, {
  name: 'FieldAccess',
  description: 'Ordered: each includes what is before it. Several roles: the widest.',
});

/** Who may do what. */
@ObjectType()
@Entity()
export class Role {
  @Exposed(() => ID) @PrimaryColumn('uuid') id: string;
  @Exposed(() => String) @Column('text') name: string;
  @Exposed(() => Int) @Column('int') version: number;
  @Exposed(() => [Capability]) @Column('text', { array: true }) capabilities: Capability[];
  /** What a field that is not listed gets. */
  @Column('text') defaultAccess: FieldAccess;
  /** The rule that holds for the customers it sees, as it was sent; null: all of them. */
  @Column('jsonb', { nullable: true })
  rowScope: unknown;
  /** Whether its users may let a customer out of the scope, once they are asked. */
  @Column('bool') mayLeaveScope: boolean;
}

/** What one role may do with one field. */
@ObjectType('FieldAccessEntry')
@Entity()
export class RoleFieldAccess {
  @PrimaryColumn('uuid') roleId: string;
  @Exposed(() => ID) @PrimaryColumn('text') fieldKey: string;
  @Exposed(() => FieldAccess) @Column('text') access: FieldAccess;
}

/** That a segment is shared with a role though the role may not read all that its rule reads. */
@ObjectType()
@Entity()
export class SegmentShare {
  @PrimaryColumn('uuid') segmentId: string;
  @PrimaryColumn('uuid') roleId: string;
  /** The keys of the fields that the rule read when it was shared: of others it has not been decided that the members may tell. */
  @Column('text', { array: true }) reads: string[];
  @Exposed(() => Date) @Column('timestamptz') sharedAt: string;
  @Column('uuid') sharedBy: string;
}

/** A role as it is sent. */
@InputType()
export class RoleInput {
  @Exposed(() => ID, { nullable: true }) id?: string | null;
  @Exposed(() => Int, { nullable: true }) version?: number | null;
  @Exposed(() => String) name: string;
  @Exposed(() => [Capability]) capabilities: Capability[];
  @Exposed(() => FieldAccess) defaultAccess: FieldAccess;
  @Exposed(() => RuleScalar, { nullable: true, description: 'Not given: stays. null: all customers.' })
  rowScope?: unknown;
  @Exposed(() => Boolean, {
    nullable: true,
    description:
      'Whether a save may let a customer out of the scope, with leaveScope. Not given: stays; of a new role true.',
  })
  mayLeaveScope?: boolean | null;
}

/** What a role is to be allowed with a field; null: what it may do by default. */
@InputType()
export class FieldAccessInput {
  @Exposed(() => ID) fieldKey: string;
  @Exposed(() => FieldAccess, { nullable: true }) access?: FieldAccess | null;
}

/** What a role is to be allowed with a new field. */
@InputType()
export class RoleAccessInput {
  @Exposed(() => ID) roleId: string;
  @Exposed(() => FieldAccess) access: FieldAccess;
}

/** The ids of the roles that exist from the start. */
export const builtInRoles = {
  administrator: '00000000-0000-7000-8000-000000000001',
  manager: '00000000-0000-7000-8000-000000000002',
  staff: '00000000-0000-7000-8000-000000000003',
} as const;
