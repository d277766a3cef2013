import type { Component } from 'vue';
import { FieldsIcon, PersonIcon, SetsIcon } from '../ui/icons.ts';

/** The sections of the app, each named as its route and its text. */
export const sections: readonly { readonly name: 'customers' | 'segments' | 'fields'; readonly icon: Component }[] = [
  { name: 'customers', icon: PersonIcon },
  { name: 'segments', icon: SetsIcon },
  { name: 'fields', icon: FieldsIcon },
];
