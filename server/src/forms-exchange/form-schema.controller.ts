import { Controller, Get, Header } from '@nestjs/common';
import { documentJsonSchema, schemaAddress } from './form-document.ts';

const schema = documentJsonSchema();

/** What a form is as a document, for editors and for programs that write one; it tells nothing of this system. */
@Controller()
export class FormSchemaController {
  /** The JSON Schema. */
  @Get(schemaAddress)
  @Header('content-type', 'application/schema+json; charset=utf-8')
  formSchema(): object {
    return schema;
  }
}
