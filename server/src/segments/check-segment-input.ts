import { codePoints, hasForbiddenCharacter, sentence, type Problem } from '@kequn/rules';
import { User } from '../access/user.ts';
import type { RequestContext, Transactional } from '../platform/context.ts';
import { labelIn } from '../platform/label-in.ts';
import { isUuid } from '../platform/uuid.ts';
import type { Segment, SegmentInput } from './segment.ts';

const keyShape = /^[a-z][a-z0-9_]{0,40}$/;
/** The longest folder and tag, in code points; the most tags of one segment. */
const [longestMark, mostTags] = [60, 20];

/** The parts of a segment that people set beside its rule, checked. */
export type SegmentSettings = Pick<Segment, 'name' | 'description' | 'key' | 'folder' | 'tags' | 'ownerId'>;

/** The settings that an input asks for on top of what the segment has, and everything that is wrong with it. */
export async function checkSegmentInput(
  tx: Transactional<RequestContext>,
  before: Segment,
  input: SegmentInput,
): Promise<{ settings: SegmentSettings; problems: Problem[] }> {
  const problems: Problem[] = [];
  const settings: SegmentSettings = {
    name: labelIn('name', input.name, problems),
    description: input.description === undefined ? before.description : descriptionIn(input.description),
    key: input.key ?? (before.key || `segment_${before.id.replaceAll('-', '').slice(-12)}`),
    folder: input.folder === undefined ? before.folder : markIn('folder', input.folder ?? '', problems) || null,
    tags: input.tags === undefined ? before.tags : tagsIn(input.tags ?? [], problems),
    ownerId: input.ownerId === undefined ? before.ownerId : (input.ownerId?.toLowerCase() ?? null),
  };
  problems.push(...(await keyProblems(tx, before, settings.key)), ...(await ownerProblems(tx, before, settings)));
  return { settings, problems };
}

function descriptionIn(raw: string | null): string | null {
  return raw?.trim().slice(0, 2_000) || null;
}

/** The name of a folder or a tag in normal form; empty where nothing is left of it. */
function markIn(path: string, raw: string, problems: Problem[]): string {
  const mark = raw.normalize('NFC').trim();
  if (codePoints(mark) > longestMark) {
    const message = sentence(`最多 ${longestMark} 个字`, `At most ${longestMark} characters`);
    problems.push({ path, code: 'TOO_LONG', message });
  }
  if (hasForbiddenCharacter(mark, 'none')) {
    const message = sentence('含有不允许的字符', 'Holds a character that is not allowed');
    problems.push({ path, code: 'FORBIDDEN_CHARACTER', message });
  }
  return mark;
}

function tagsIn(raw: readonly string[], problems: Problem[]): string[] {
  const marks = raw.map((tag, index) => markIn(`tags/${index}`, tag, problems));
  const tags = [...new Set(marks.filter((tag) => tag !== ''))];
  if (tags.length > mostTags) {
    const message = sentence(`最多 ${mostTags} 个标签`, `At most ${mostTags} tags`);
    problems.push({ path: 'tags', code: 'TOO_LONG', message });
  }
  return tags;
}

async function keyProblems(tx: Transactional<RequestContext>, segment: Segment, key: string): Promise<Problem[]> {
  if (segment.key !== '' && key !== segment.key) {
    const message = sentence('创建后不能更改', 'This cannot be changed after creation');
    return [{ path: 'key', code: 'READ_ONLY', message }];
  }
  if (!keyShape.test(key)) {
    const message = sentence(
      '代码以小写字母开头，只含小写字母、数字和下划线',
      'A key begins with a–z and holds a–z, 0–9 and _ only',
    );
    return [{ path: 'key', code: 'INVALID', message }];
  }
  const taken = await tx.manager.query<unknown[]>(
    'select 1 from segment where key = $1 and id <> $2 and deleted_at is null',
    [key, segment.id],
  );
  return taken.length > 0
    ? [{ path: 'key', code: 'NOT_UNIQUE', message: sentence('已有同名代码的分群', 'A segment with this key exists') }]
    : [];
}

/** An owner who has left may stay; a new one is somebody who is there. */
async function ownerProblems(
  tx: Transactional<RequestContext>,
  before: Segment,
  { ownerId }: SegmentSettings,
): Promise<Problem[]> {
  if (ownerId === null || ownerId === before.ownerId) return [];
  if (isUuid(ownerId) && (await tx.manager.existsBy(User, { id: ownerId, active: true }))) return [];
  return [{ path: 'owner', code: 'INVALID', message: sentence('没有这个在职用户', 'There is no such active user') }];
}
