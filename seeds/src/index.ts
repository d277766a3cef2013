export { retail } from './retail/index.ts';
export type { Template, TemplateField, TemplateSegment } from './template.ts';
