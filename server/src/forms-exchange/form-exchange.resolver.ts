import { Inject } from '@nestjs/common';
import { Args, Context as Ctx, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Context } from '../access/viewer.ts';
import { fileStore, type FileStore } from '../files/file-store.ts';
import { Form } from '../forms/form.ts';
import { JsonScalar } from '../platform/graphql/scalars.ts';
import { exportForm } from './export-form.ts';
import { importForm } from './import-form.ts';

/** Forms to and from other systems over GraphQL. */
@Resolver()
export class FormExchangeResolver {
  constructor(@Inject(fileStore) private readonly store: FileStore) {}

  @Query(() => JsonScalar, {
    nullable: true,
    description:
      'The draft as a document with its pictures and the fields that it places or reads; GET /schemas/form.json says its shape.',
  })
  exportForm(@Ctx() ctx: Context, @Args('id', { type: () => ID }) id: string) {
    return exportForm(ctx, this.store, id);
  }

  @Mutation(() => Form, {
    description:
      'A new draft of such a document. Fields are found by key and type, and made where they are missing; pictures that are too large for a request may be sent to POST /pictures before, and named by their ids. VALIDATION_FAILED lists everything that stands in the way.',
  })
  importForm(@Ctx() ctx: Context, @Args('document', { type: () => JsonScalar }) document: unknown) {
    return importForm(ctx, this.store, document);
  }
}
