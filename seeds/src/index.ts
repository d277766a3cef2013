export { retail } from './retail/index.ts';
export type { Template, TemplateEvent, TemplateField, TemplateSegment } from './template.ts';
