import { sentence, type FormLayout, type Problem } from '@kequn/rules';
import { requireCapability } from '../access/gate.ts';
import type { Context } from '../access/viewer.ts';
import type { FileStore } from '../files/file-store.ts';
import { checkedLayout, checkedSettings } from '../forms/check-form-input.ts';
import { defaultSettings } from '../forms/form-settings.ts';
import type { Form } from '../forms/form.ts';
import { saveFormIn } from '../forms/save-form.ts';
import { shapeProblems, textProblems } from '../forms/shape-problems.ts';
import type { Transactional } from '../platform/context.ts';
import { labelIn } from '../platform/label-in.ts';
import { invalid } from '../platform/refused.ts';
import { alterTables, read } from '../platform/transaction.ts';
import { bringFields } from './bring-fields.ts';
import { bringPictures, withPictures } from './bring-pictures.ts';
import { documentSchema, type DocumentField, type DocumentPicture } from './form-document.ts';
import { FoundProblems } from './found-problems.ts';

/** The parts of a document that has the right shape, as they were sent. */
interface Sent {
  readonly name: string;
  readonly layout: FormLayout;
  readonly settings: object;
  readonly fields: readonly DocumentField[];
  readonly pictures?: Readonly<Record<string, DocumentPicture>>;
}

/**
 * Makes a form, a draft, of a document: its fields are those of the same key and type, and those that are missing are made; its pictures are kept
 * anew, and one that the document does not hold may have been uploaded before; all of it, or nothing. Needs MANAGE_FORMS, and MANAGE_FIELDS where a
 * field is missing.
 *
 * @throws {Refused} VALIDATION_FAILED with everything that stands in the way, each with its place in the document; FORBIDDEN,
 * FIELD_FORBIDDEN, LIMIT_EXCEEDED, UNAVAILABLE.
 */
export async function importForm(ctx: Context, store: FileStore, raw: unknown): Promise<Form> {
  await read(ctx, (tx) => requireCapability(tx, 'MANAGE_FORMS'));
  const { pictures = {}, layout, ...sent } = sentIn(raw);
  const found = new FoundProblems();
  const ids = await bringPictures(ctx, { layout, pictures }, { store, found });
  return makeForm(ctx, { ...sent, layout: withPictures(layout, ids) }, found);
}

async function makeForm(ctx: Context, { fields, ...form }: Sent, found: FoundProblems): Promise<Form> {
  return alterTables(ctx, async (tx) => {
    await requireCapability(tx, 'MANAGE_FORMS');
    await bringFields(tx, fields, found);
    await checkRest(tx, form, found);
    found.refuseIfAny();
    return saveFormIn(tx, form);
  });
}

/** @throws {Refused} VALIDATION_FAILED with everything that is wrong with the shape of a document. */
function sentIn(raw: unknown): Sent {
  const { format } = (raw ?? {}) as { readonly format?: unknown };
  if (format !== 'kequn-form') throw invalid([{ path: 'document', code: 'INVALID', message: notAForm }]);
  const shape = documentSchema.safeParse(raw);
  const problems = shape.success ? textProblems(raw, 'document') : shapeProblems(shape.error.issues, 'document');
  if (problems.length > 0) throw invalid(problems);
  return raw as Sent;
}

const notAForm = sentence('这不是从本系统导出的表单文件', 'This is no form that was exported here');

/** Checks what is not the fields; rules that read a field which could not be made tell nothing new. */
async function checkRest(
  tx: Transactional<Context>,
  { name, layout, settings }: Omit<Sent, 'fields'>,
  found: FoundProblems,
): Promise<void> {
  const isFollowing = ({ code }: Problem) => code === 'UNKNOWN_FIELD';
  const hides = found.any ? isFollowing : () => false;
  const problems: Problem[] = [];
  labelIn('document/name', name, problems);
  found.add(problems);
  await found.of('document/', () => checkedLayout(tx, layout), hides);
  await found.of('document/', () => checkedSettings(tx, settings, { before: defaultSettings, layout }), hides);
}
