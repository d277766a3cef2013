import type { Component } from 'vue';
import type { Capability } from '../api/generated/graphql.ts';
import EventsIcon from '../events/EventsIcon.vue';
import { AuditIcon, FieldsIcon, FormsIcon, KeyIcon, PersonIcon, SetsIcon, ShieldIcon, UsersIcon } from '../ui/icons.ts';

/** One section of the app. */
interface Section {
  readonly name:
    'customers' | 'segments' | 'forms' | 'fields' | 'event-types' | 'users' | 'access' | 'privacy' | 'audit';
  readonly icon: Component;
  /** What it takes to work in it; none: it is for everybody. */
  readonly capability?: Capability;
}

/** The sections of the app, each named as its route and its text. */
export const sections: readonly Section[] = [
  { name: 'customers', icon: PersonIcon },
  { name: 'segments', icon: SetsIcon },
  { name: 'forms', icon: FormsIcon },
  { name: 'fields', icon: FieldsIcon },
  { name: 'event-types', icon: EventsIcon },
  { name: 'users', icon: UsersIcon, capability: 'MANAGE_USERS' },
  { name: 'access', icon: KeyIcon, capability: 'MANAGE_ROLES' },
  { name: 'privacy', icon: ShieldIcon, capability: 'ERASE_CUSTOMERS' },
  { name: 'audit', icon: AuditIcon, capability: 'VIEW_AUDIT' },
];
