export { retail } from './retail/index.ts';
export { templates } from './templates/index.ts';
export type { Template, TemplateEvent, TemplateField, TemplateSegment, TradeField, TradeTemplate } from './template.ts';
