import { Field as Exposed, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';

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
}

/** What one role may do with one field. */
@Entity()
export class RoleFieldAccess {
  @PrimaryColumn('uuid') roleId: string;
  @PrimaryColumn('text') fieldKey: string;
  @Column('text') access: FieldAccess;
}

/** The ids of the roles that exist from the start. */
export const builtInRoles = {
  administrator: '00000000-0000-7000-8000-000000000001',
  manager: '00000000-0000-7000-8000-000000000002',
  staff: '00000000-0000-7000-8000-000000000003',
} as const;
