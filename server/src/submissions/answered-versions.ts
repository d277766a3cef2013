import type { FormLayout } from '@kequn/rules';
import type { Context } from '../access/viewer.ts';
import { placedKeys } from '../forms/form-catalogue.ts';
import type { FormSettings } from '../forms/form-settings.ts';
import type { Transactional } from '../platform/context.ts';
import type { StoredAnswer } from './submission.ts';

/** What was filled, as it stood when it was. */
export interface AnsweredVersion {
  readonly layout: FormLayout;
  readonly settings: FormSettings;
}

/** Reads with one statement the versions of forms that these answers are of. */
export async function answeredVersions(
  { manager }: Transactional<Context>,
  answers: readonly StoredAnswer[],
): Promise<(answer: StoredAnswer) => AnsweredVersion> {
  const names = new Map(
    answers.map(({ formId, formVersion }) => [`${formId} ${formVersion}`, { formId, formVersion }]),
  );
  const asked = [...names.values()];
  const versions = await manager.query<(AnsweredVersion & { formId: string; number: number })[]>(
    `select form_id as "formId", number, layout, settings from form_version
      where (form_id, number) in (select * from unnest($1::uuid[], $2::int[]))`,
    [asked.map(({ formId }) => formId), asked.map(({ formVersion }) => formVersion)],
  );
  const known = new Map(versions.map(({ formId, number, ...version }) => [`${formId} ${number}`, version]));
  return ({ formId, formVersion }) => known.get(`${formId} ${formVersion}`)!;
}

/** The keys of the fields that any version of a form has asked for. */
export async function keysEverAsked({ manager }: Transactional<Context>, formId: string): Promise<ReadonlySet<string>> {
  const versions = await manager.query<{ layout: FormLayout }[]>('select layout from form_version where form_id = $1', [
    formId,
  ]);
  return new Set(versions.flatMap(({ layout }) => placedKeys(layout)));
}
