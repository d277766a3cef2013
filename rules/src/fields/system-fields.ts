import { sentence, type Sentence } from '../locale.ts';
import type { FieldDefinition, FieldType } from './field-definition.ts';

function systemField(key: string, type: FieldType, labels: Sentence): FieldDefinition {
  return {
    key,
    type,
    label: labels['zh-CN'],
    labels,
    options: [],
    validation: {},
    required: false,
    unique: false,
    archived: false,
  };
}

/** The fields that every customer has from the start: rules, sorts and filters name them, values do not hold them. */
export const systemFields: readonly FieldDefinition[] = [
  systemField('created_at', 'DATETIME', sentence('创建时间', 'Created')),
  systemField('updated_at', 'DATETIME', sentence('更新时间', 'Updated')),
  systemField('owner', 'USER', sentence('负责人', 'Owner')),
];

/** Whether a key is that of a system field. */
export function isSystemField(key: string): boolean {
  return systemFields.some((field) => field.key === key);
}
