import type { Component } from 'vue';
import EventsIcon from '../events/EventsIcon.vue';
import { FieldsIcon, PersonIcon, SetsIcon } from '../ui/icons.ts';

/** One section of the app. */
interface Section {
  readonly name: 'customers' | 'segments' | 'fields' | 'event-types';
  readonly icon: Component;
}

/** The sections of the app, each named as its route and its text. */
export const sections: readonly Section[] = [
  { name: 'customers', icon: PersonIcon },
  { name: 'segments', icon: SetsIcon },
  { name: 'fields', icon: FieldsIcon },
  { name: 'event-types', icon: EventsIcon },
];
