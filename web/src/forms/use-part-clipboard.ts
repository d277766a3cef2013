import { labelOf } from '@kequn/rules';
import { onMounted, onScopeDispose } from 'vue';
import { useFormat } from '../i18n/format.ts';
import { locale } from '../i18n/locale.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { announce } from '../ui/announcer.ts';
import { newId } from '../ui/new-id.ts';
import { toast } from '../ui/toast.ts';
import { useProblemToast } from '../ui/use-problem-text.ts';
import { partAt, type Designing } from './designing.ts';
import { copyPictures, withPictures } from './copy-pictures.ts';
import { copyParts, foreignPictures, pasteParts, readParts } from './form-clipboard.ts';
import type { FormDraft } from './form-draft.ts';
import type { Pieces } from './form-moves.ts';

/**
 * Copies, cuts and pastes what is selected while a part of the canvas has the focus. The browser's own events for that work on pages without
 * TLS too, and ask for no permission.
 */
export function usePartClipboard(draft: () => FormDraft, designing: Designing): void {
  const t = useMessages();
  const format = useFormat();
  const tellProblem = useProblemToast();

  /** The part that has the focus. */
  const focused = (): string | undefined => partAt(document.activeElement);

  /** Gives the part whose copy is in the clipboard now; none where text is selected, which is meant then. */
  function copy(event: ClipboardEvent): string | undefined {
    const at = focused();
    if (at === undefined || document.getSelection()?.isCollapsed === false) return undefined;
    const ids = designing.selected.has(at) ? designing.selected : new Set([at]);
    const text = copyParts(draft(), ids);
    if (text === undefined) return undefined;
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
    announce(t.value.forms.acts.copied(designing.words.nameOfAll(draft(), ids)));
    return at;
  }

  function cut(event: ClipboardEvent): void {
    const at = copy(event);
    if (at !== undefined) designing.perform('remove', at);
  }

  function paste(event: ClipboardEvent): void {
    const at = focused();
    if (at === undefined) return;
    event.preventDefault();
    const pieces = readParts(event.clipboardData?.getData('text/plain') ?? '', newId);
    const { pasteNothing } = t.value.forms.acts;
    if (!pieces) return void toast(pasteNothing, 'error');
    const foreign = foreignPictures(draft(), pieces);
    if (foreign.length === 0) put(pieces, at);
    else void copyPictures(foreign).then((copies) => put(withPictures(pieces, copies), at), tellProblem);
  }

  function put(pieces: Pieces, at: string): void {
    const { pasted: said, pasteSkipped } = t.value.forms.acts;
    const pasted = pasteParts(draft(), pieces, at, newId);
    if (pasted.skipped.length > 0) void toast(pasteSkipped(namesOf(pasted.skipped)), 'error');
    if (pasted.draft === draft()) return;
    designing.act(() => pasted.draft, { say: () => said(pasted.ids.length), select: pasted.ids });
  }

  function namesOf(keys: readonly string[]): string {
    const { fields } = designing.catalogue;
    return format.value.list(keys.map((key) => (fields.has(key) ? labelOf(fields.get(key)!, locale.value) : key)));
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
