import { Collection, Tickets, User } from '@element-plus/icons-vue';
import type { Component } from 'vue';

/** The sections of the app, each named as its route and its text. */
export const sections: readonly { readonly name: 'customers' | 'segments' | 'fields'; readonly icon: Component }[] = [
  { name: 'customers', icon: User },
  { name: 'segments', icon: Collection },
  { name: 'fields', icon: Tickets },
];
