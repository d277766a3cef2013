import type { Context } from '../access/viewer.ts';
import { noteReads } from '../fields/references.ts';
import type { Transactional } from '../platform/context.ts';
import { findFormVersion } from './find-form.ts';
import { placedKeys } from './form-catalogue.ts';
import type { Form } from './form.ts';
import { varsInLayout } from './rule-vars.ts';

/**
 * Notes which fields a form names: those that rules of what is published read are kept from being archived; those that it places, or that
 * its draft reads, are only told of. A field that stands on it is not shown while it is archived.
 */
export async function noteFormReads(tx: Transactional<Context>, { id, layout, publishedNumber }: Form): Promise<void> {
  const published = publishedNumber === null ? undefined : await findFormVersion(tx, id, publishedNumber);
  const layouts = [layout, ...(published ? [published.layout] : [])];
  await noteReads(
    tx.manager,
    { ownerKind: 'form', ownerId: id },
    {
      fields: published ? varsInLayout(published.layout) : [],
      named: new Set(layouts.flatMap((each) => [...placedKeys(each), ...varsInLayout(each)])),
    },
  );
}
