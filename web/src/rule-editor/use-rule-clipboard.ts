import { checkRule, type Catalogue, type Rule } from '@kequn/rules';
import { onMounted, onScopeDispose } from 'vue';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { toast } from '../ui/toast.ts';
import type { Item } from './draft.ts';
import { focusedItem, type ItemAct, type TakeStep } from './editing.ts';
import { fromRule } from './from-rule.ts';
import { behind, insertItem } from './moves.ts';
import { toRule } from './to-rule.ts';
import type { RuleDraft } from './use-rule-draft.ts';

/**
 * Copies or cuts the item that has the focus to the clipboard, as the rule that it is, and pastes one behind it. The browser's own events for
 * that work on pages without TLS too, and ask for no permission.
 */
export function useRuleClipboard(
  draft: RuleDraft,
  { act, perform }: { readonly act: TakeStep; perform(act: ItemAct, id: string): void },
): void {
  const t = useMessages();

  function write(item: Item): Rule | null {
    if (item.id === draft.draft.value.root.id) return draft.written.value.rule;
    const alone = { kind: 'group', id: '', match: 'ALL', items: [{ ...item, disabled: false }] } as const;
    return toRule({ root: alone, bare: true }, ({ id }) => draft.states.value.get(id)?.kind === 'ready').rule;
  }

  /** The item that a text is; what another program wrote is translated. Otherwise why it is none, as far as that can be told. */
  async function read(text: string): Promise<Item | string> {
    const parsed = parse(text);
    if (parsed === null) return '';
    const outcome = checkRule(parsed, draft.catalogue()).ok ? parsed : await translate(parsed, draft.catalogue());
    if (typeof outcome === 'string') return outcome;
    const { root, bare } = fromRule(outcome, draft.catalogue(), newId);
    return bare ? root.items[0]! : root;
  }

  /** Gives the item that is in the clipboard now. */
  function copy(event: ClipboardEvent): Item | undefined {
    const item = focusedItem(draft.draft.value.root);
    if (!item || document.getSelection()?.isCollapsed === false) return undefined;
    const rule = write(item);
    if (rule === null) return void announce(t.value.rule.copyNothing);
    event.preventDefault();
    event.clipboardData?.setData('text/plain', JSON.stringify(rule));
    announce(t.value.rule.copied);
    return item;
  }

  function cut(event: ClipboardEvent): void {
    const item = copy(event);
    if (item && item.id !== draft.draft.value.root.id) perform('remove', item.id);
  }

  function paste(event: ClipboardEvent): void {
    const at = focusedItem(draft.draft.value.root);
    if (!at) return;
    event.preventDefault();
    void insert(event.clipboardData?.getData('text/plain') ?? '', at.id);
  }

  async function insert(text: string, at: string): Promise<void> {
    const item = await read(text);
    if (typeof item === 'string')
      return void toast([t.value.rule.pasteFailed, item].filter(Boolean).join(t.value.rule.because), 'error');
    act((now) => insertItem(now, item, behind(now, at), ''), { say: t.value.rule.pasted, focus: item.id });
  }

  const listening = new AbortController();
  const { signal } = listening;
  onMounted(() => {
    document.addEventListener('copy', copy, { signal });
    document.addEventListener('cut', cut, { signal });
    document.addEventListener('paste', paste, { signal });
  });
  onScopeDispose(() => listening.abort());
}

/** The rule that another program's means here, or what of it cannot be kept; loaded where it is needed. */
async function translate(foreign: Rule, catalogue: Catalogue): Promise<Rule | string> {
  const { importRule } = await import('@kequn/rules/import');
  const outcome = importRule(foreign, catalogue);
  return outcome.ok ? outcome.value.rule : outcome.problems[0]!.message[locale.value];
}

/** The operation that a text holds, if it does. */
function parse(text: string): Rule | null {
  try {
    const parsed = JSON.parse(text) as Rule;
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}
