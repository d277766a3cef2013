import type { Catalogue, Rule } from '@kequn/rules';
import { computed, nextTick, watch, type ComputedRef, type Ref } from 'vue';
import { useCatalogue } from '../fields/catalogue.ts';
import { useFormat } from '../i18n/format.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { countOf } from './counts.ts';
import { itemsInForce } from './draft.ts';
import { findingsByItem } from './findings.ts';
import { focusedItem, focusItem, type Editing, type TakeStep } from './editing.ts';
import { useItemActs } from './item-acts.ts';
import { useItemWords, type ItemWords } from './item-words.ts';
import { useDrag, type Drag } from './use-drag.ts';
import { usePickUp, type PickUp } from './use-pick-up.ts';
import { useRuleClipboard } from './use-rule-clipboard.ts';
import { useRuleDraft, type RuleDraft } from './use-rule-draft.ts';
import { useRulePreview, type RulePreview } from './use-rule-preview.ts';

/** All that a rule editor does. */
export interface Editor {
  readonly draft: RuleDraft;
  readonly preview: RulePreview;
  readonly editing: Editing;
  readonly pickUp: PickUp;
  readonly drag: Drag;
  /** What is dragged in words. */
  readonly draggedName: ComputedRef<string>;
  step(direction: 'undo' | 'redo'): void;
}

/** What a rule is edited over. */
export interface EditedOver {
  /** What it may name. */
  catalogue(): Catalogue;
  /** Whether it is told how many customers it holds for. */
  isCounted(): boolean;
}

/** Binds a rule to an editor; the rule is that of the complete conditions, and `unfinished` counts the others. */
export function useEditor(rule: Ref<Rule | null>, unfinished: Ref<number>, over: EditedOver): Editor {
  const t = useMessages();
  const fields = useCatalogue();
  const draft = useRuleDraft(
    rule.value,
    () => over.catalogue(),
    () => fields.reader,
  );
  const preview = useRulePreview(() => (over.isCounted() ? draft.written.value.rule : null));
  const words = useItemWords(draft);
  const pickUp = usePickUp(draft, words);
  const drag = useDrag(draft, words);

  bindModel(draft, rule, unfinished);

  const act: TakeStep = (edit, { say, focus }) => {
    const before = draft.draft.value;
    draft.apply(edit);
    announce(draft.draft.value === before ? t.value.rule.limitNesting : say);
    if (focus !== undefined) focusItem(focus);
  };
  const perform = useItemActs(draft, { act, words });
  useRuleClipboard(draft, { act, perform });

  return {
    draft,
    preview,
    pickUp,
    drag,
    editing: useEditingOf({ draft, preview, words, pickUp, drag, act, perform }),
    draggedName: computed(() => {
      const item = drag.dragged.value;
      if (!item) return '';
      const name = words.name(draft.draft.value.root, item);
      return drag.place.value?.copies ? t.value.rule.copies(name) : name;
    }),
    step(direction) {
      const at = focusedItem(draft.draft.value.root)?.id;
      draft[direction]();
      announce(direction === 'undo' ? t.value.rule.undone : t.value.rule.redone);
      void nextTick(() => keepFocus(draft, at));
    },
  };
}

/** The keys go on working when the item that had the focus is gone, or drawn elsewhere. */
function keepFocus(draft: RuleDraft, before: string | undefined): void {
  const { root } = draft.draft.value;
  if (before === undefined || focusedItem(root)) return;
  focusItem(before);
  void nextTick(() => focusedItem(root) ?? focusItem(root.id));
}

function bindModel(draft: RuleDraft, rule: Ref<Rule | null>, unfinished: Ref<number>): void {
  watch(draft.written, (written) => {
    rule.value = written.rule;
  });
  watch(rule, (now) => {
    if (JSON.stringify(now) !== JSON.stringify(draft.written.value.rule)) draft.restart(now);
  });
  watch(
    draft.states,
    (states) => {
      const inForce = itemsInForce(draft.draft.value.root).map(({ id }) => states.get(id)?.kind ?? 'ready');
      unfinished.value = inForce.filter((kind) => kind !== 'ready').length;
    },
    { immediate: true },
  );
}

/** What the parts of the editor ask of it, from what it is made of. */
function useEditingOf(parts: {
  readonly draft: RuleDraft;
  readonly preview: RulePreview;
  readonly words: ItemWords;
  readonly pickUp: PickUp;
  readonly drag: Drag;
  readonly act: TakeStep;
  readonly perform: Editing['perform'];
}): Editing {
  const { draft, preview, words, pickUp, drag, act, perform } = parts;
  const t = useMessages();
  const format = useFormat();

  // Counts belong to the rule that was asked about; while another is on its way they would stand on the wrong lines.
  const counted = computed(() => {
    const answer = preview.answer.value;
    return JSON.stringify(answer?.rule) === JSON.stringify(draft.written.value.rule) ? answer?.preview : undefined;
  });
  const findings = computed(() => findingsByItem(counted.value?.findings ?? [], draft.written.value.paths));
  watch(counted, (now) => now && announce(t.value.rule.announceCount(format.value.number(now.count))));

  return {
    get catalogue() {
      return draft.catalogue();
    },
    stateOf: (id) => draft.states.value.get(id),
    countOf(item) {
      const count = countOf(item, draft.written.value.paths.get(item.id), counted.value);
      if (count === undefined || !counted.value) return undefined;
      return { count, share: counted.value.total === 0 ? 0 : count / counted.value.total };
    },
    findingsOf: (id) => findings.value.get(id) ?? [],
    tell: words.tell,
    act,
    type: (edit, topic) => draft.apply(edit, topic),
    perform,
    pickUp: pickUp.pickUp,
    drag: drag.start,
    isMoving: (id) => pickUp.heldId.value === id || drag.dragged.value?.id === id,
    get landing() {
      return drag.landing.value;
    },
  };
}
