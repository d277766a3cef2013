import type { Component } from 'vue';
import type { FieldAccess } from '../api/generated/graphql.ts';
import { EyeIcon, HiddenIcon, MaskedIcon, PencilIcon } from '../ui/icons.ts';

/** The degrees of access, from the least: each includes what is before it. */
export const degrees: readonly FieldAccess[] = ['HIDDEN', 'MASKED', 'READ', 'WRITE'];

/** What a role is given with a field; null: what it may do by default. */
export type Choice = FieldAccess | null;

/** How each degree is drawn. */
export const degreeIcons: Readonly<Record<FieldAccess, Component>> = {
  HIDDEN: HiddenIcon,
  MASKED: MaskedIcon,
  READ: EyeIcon,
  WRITE: PencilIcon,
};

/** The lesser of two degrees. */
export function lesser(one: FieldAccess, other: FieldAccess): FieldAccess {
  return degrees.indexOf(one) <= degrees.indexOf(other) ? one : other;
}
