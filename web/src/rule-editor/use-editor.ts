import { labelOf, type Rule } from '@kequn/rules';
import { computed, nextTick, watch, type Ref } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { countOf } from './counts.ts';
import type { Item } from './draft.ts';
import { moveItem, parentOf, removeItem } from './edits.ts';
import { elementId, type Editing } from './editing.ts';
import { writeLine } from './to-rule.ts';
import { tell, useRuleDraft, type RuleDraft } from './use-rule-draft.ts';
import { useRulePreview, type RulePreview } from './use-rule-preview.ts';

/** All that a rule editor does. */
export interface Editor {
  readonly draft: RuleDraft;
  readonly preview: RulePreview;
  readonly editing: Editing;
  step(direction: 'undo' | 'redo'): void;
  focus(itemId: string): void;
}

/** Binds a rule to an editor; the rule is that of the complete conditions, and `unfinished` counts the others. */
export function useEditor(rule: Ref<Rule | null>, unfinished: Ref<number>): Editor {
  const t = useMessages();
  const format = useFormat();
  const catalogue = useCatalogue();
  const draft = useRuleDraft(
    rule.value,
    () => catalogue.forRules,
    () => catalogue.reader,
  );
  const preview = useRulePreview(() => draft.written.value.rule);

  // Counts belong to the rule that was asked about; while another is on its way they would stand on the wrong lines.
  const counted = computed(() => {
    const answer = preview.answer.value;
    return JSON.stringify(answer?.rule) === JSON.stringify(draft.written.value.rule) ? answer?.preview : undefined;
  });

  watch(draft.written, (written) => {
    rule.value = written.rule;
  });
  watch(rule, (now) => {
    if (JSON.stringify(now) !== JSON.stringify(draft.written.value.rule)) draft.restart(now);
  });
  watch(
    draft.states,
    (states) => {
      unfinished.value = [...states.values()].filter(({ kind }) => kind !== 'ready').length;
    },
    { immediate: true },
  );
  watch(counted, (now) => now && announce(t.value.rule.announceCount(format.value.number(now.count))));

  function tellItem(item: Item): string {
    if (item.kind === 'group') return t.value.rule.matches[item.match];
    if (item.kind === 'verbatim') return tell(item.rule, catalogue.forRules, catalogue.reader);
    if (draft.states.value.get(item.id)?.kind === 'ready')
      return tell(writeLine(item), catalogue.forRules, catalogue.reader);
    const field = item.field === null ? undefined : catalogue.forRules.fields.get(item.field);
    return [field && labelOf(field, catalogue.reader.locale), t.value.rule.unfinished].filter(Boolean).join(' ');
  }

  /** Where the focus goes when an item is gone: to the next one beside it, else to its group. */
  function neighbourOf(id: string): string {
    const parent = parentOf(draft.draft.value.root, id) ?? draft.draft.value.root;
    const index = parent.items.findIndex((item) => item.id === id);
    return (parent.items[index + 1] ?? parent.items[index - 1] ?? parent).id;
  }

  function focus(id: string): void {
    void nextTick(() => document.getElementById(elementId(id))?.focus());
  }

  const editing: Editing = {
    get fields() {
      return [...catalogue.forRules.fields.values()];
    },
    fieldOf: (key) => catalogue.forRules.fields.get(key),
    stateOf: (id) => draft.states.value.get(id),
    countOf(item) {
      const count = countOf(item, draft.written.value.paths.get(item.id), counted.value);
      if (count === undefined || !counted.value) return undefined;
      return { count, share: counted.value.total === 0 ? 0 : count / counted.value.total };
    },
    tell: tellItem,
    act(edit, { say, focus: target }) {
      draft.apply(edit);
      announce(say);
      if (target !== undefined) focus(target);
    },
    type: (edit, topic) => draft.apply(edit, topic),
    remove(id) {
      const next = neighbourOf(id);
      draft.apply((before) => removeItem(before, id));
      announce(t.value.rule.announceRemoved);
      focus(next);
    },
    move(id, by) {
      draft.apply((before) => moveItem(before, id, by));
      const siblings = parentOf(draft.draft.value.root, id)?.items ?? [];
      announce(t.value.rule.announceMoved(siblings.findIndex((item) => item.id === id) + 1, siblings.length));
      focus(id);
    },
  };

  return {
    draft,
    preview,
    editing,
    focus,
    step(direction) {
      draft[direction]();
      announce(direction === 'undo' ? t.value.rule.undone : t.value.rule.redone);
    },
  };
}
