import type { ReadChannel, ReadNote } from '../access-log/note-reads.ts';
import type { Field } from '../fields/field.ts';

/** What is to be noted before values of a field of these customers are told; nothing of a field that is not sensitive. */
export function readNotes(
  channel: ReadChannel,
  { key, sensitive }: Field,
  told: readonly { readonly customerId: string }[],
): readonly ReadNote[] {
  return sensitive ? told.map(({ customerId }) => ({ channel, customerId, fieldKeys: [key] })) : [];
}
