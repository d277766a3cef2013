import type { FieldDefinition, Json } from '@kequn/rules';
import type { ComputedRef } from 'vue';
import { useColleagues } from '../session/colleagues.ts';
import { useDisplayBy } from './display-by.ts';

/** Writes values out in the language in use. */
export function useDisplay(): ComputedRef<(value: Json | undefined, field: FieldDefinition) => string> {
  const colleagues = useColleagues();
  return useDisplayBy(() => colleagues.names);
}
