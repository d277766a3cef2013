import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first tables, and the application's role. Tables belong to whoever migrates; the application reads and writes rows only, and may
 * add to history and audit but never change them. Tables that go with a customer carry `customer_id` first in their keys.
 */
export class Start1764000000001 implements MigrationInterface {
  readonly name = 'Start1764000000001';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [applicationRole, who, catalogue, customers, segments, records, grants, builtInRoles])
      await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('There is nothing before the first tables');
  }
}

const applicationRole = `
do $$ begin
  create role kequn_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant kequn_app to %I', current_user);
exception when invalid_grant_operation then null;
end $$;`;

const who = `
create table app_user (
  id uuid primary key,
  email text collate "C" not null unique,
  name text not null,
  password_hash text not null,
  active boolean not null default true,
  attributes jsonb not null default '{}'
);
create table role (
  id uuid primary key,
  name text not null,
  version int not null default 1,
  capabilities text[] not null,
  default_access text not null check (default_access in ('HIDDEN', 'MASKED', 'READ', 'WRITE'))
);
create table role_field_access (
  role_id uuid not null references role on delete cascade,
  field_key text collate "C" not null,
  access text not null check (access in ('HIDDEN', 'MASKED', 'READ', 'WRITE')),
  primary key (role_id, field_key)
);
create table user_role (
  user_id uuid not null references app_user,
  role_id uuid not null references role,
  primary key (user_id, role_id)
);
create table session (
  token_hash bytea primary key,
  user_id uuid not null references app_user,
  created_at timestamptz(3) not null,
  last_used_at timestamptz(3) not null,
  expires_at timestamptz(3) not null
);
create index session_user_id on session (user_id);
create table login_failure (
  id bigint generated always as identity primary key,
  email text collate "C" not null,
  address text collate "C" not null,
  at timestamptz(3) not null
);
create index login_failure_at on login_failure (at);`;

const catalogue = `
create table rule_set (
  only_row boolean primary key default true check (only_row),
  version bigint not null
);
insert into rule_set (version) values (1);
create table field (
  key text collate "C" primary key,
  type text not null,
  label text not null,
  labels jsonb not null,
  help text,
  options jsonb not null,
  validation jsonb not null,
  required boolean not null,
  archived boolean not null,
  version int not null,
  position int not null
);
create table reference (
  owner_kind text collate "C" not null,
  owner_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  primary key (owner_kind, owner_id, kind, key)
);
create index reference_key on reference (kind, key);`;

const customers = `
create table customer (
  id uuid primary key,
  version int not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  owner uuid
);`;

const segments = `
create table segment (
  id uuid primary key,
  key text collate "C" not null,
  name text not null,
  description text,
  status text not null check (status in ('DRAFT', 'ACTIVE', 'PAUSED')),
  version int not null,
  rule jsonb,
  rule_version int,
  generation_id uuid unique,
  problem jsonb,
  owner_id uuid,
  created_at timestamptz(3) not null,
  deleted_at timestamptz(3)
);
create unique index segment_key on segment (key) where deleted_at is null;
create table segment_version (
  segment_id uuid not null references segment,
  number int not null,
  rule jsonb,
  reads text[] not null,
  saved_at timestamptz(3) not null,
  saved_by uuid,
  primary key (segment_id, number)
);
create table membership (
  customer_id uuid not null,
  generation_id uuid not null,
  since timestamptz(3) not null,
  primary key (customer_id, generation_id)
);
create index membership_generation on membership (generation_id, customer_id);
create table membership_change (
  customer_id uuid not null,
  id bigint generated always as identity,
  segment_id uuid not null,
  kind text not null check (kind in ('ENTERED', 'LEFT')),
  at timestamptz(3) not null,
  cause text not null,
  rule_version int,
  primary key (customer_id, id)
);
create index membership_change_segment on membership_change (segment_id, at);`;

const records = `
create table audit_entry (
  id bigint generated always as identity primary key,
  at timestamptz(3) not null,
  actor_id uuid,
  address text,
  action text collate "C" not null,
  target text collate "C" not null,
  changes jsonb not null
);
create index audit_entry_target on audit_entry (target, id);
create table outbox (
  customer_id uuid not null,
  id bigint generated always as identity,
  kind text collate "C" not null,
  payload jsonb not null,
  at timestamptz(3) not null,
  primary key (customer_id, id)
);`;

const grants = `
grant usage on schema public to kequn_app;
grant select, insert, update, delete on all tables in schema public to kequn_app;
grant usage on all sequences in schema public to kequn_app;
revoke update, delete on audit_entry, membership_change from kequn_app;
revoke insert, update, delete on migrations from kequn_app;
alter default privileges in schema public grant select, insert, update, delete on tables to kequn_app;
alter default privileges in schema public grant usage on sequences to kequn_app;`;

const builtInRoles = `
insert into role (id, name, capabilities, default_access) values
  ('00000000-0000-7000-8000-000000000001', 'Administrator',
   '{MANAGE_FIELDS,MANAGE_FORMS,MANAGE_SEGMENTS,MANAGE_ROLES,MANAGE_USERS,IMPORT,EXPORT,ERASE_CUSTOMERS,VIEW_AUDIT,MANAGE_AUTOMATIONS,MANAGE_MODELS}', 'WRITE'),
  ('00000000-0000-7000-8000-000000000002', 'Manager',
   '{MANAGE_SEGMENTS,MANAGE_MODELS,MANAGE_AUTOMATIONS,IMPORT,EXPORT}', 'WRITE'),
  ('00000000-0000-7000-8000-000000000003', 'Staff', '{MANAGE_FIELDS,MANAGE_FORMS}', 'WRITE');`;
