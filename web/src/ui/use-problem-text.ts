import type { ApiProblem } from '../api/problem.ts';
import { useMessages } from '../i18n/use-messages.ts';
import { toast } from './toast.ts';

/** Tells a problem in words: the server's own, which come in the reader's language, or ours where it said nothing. */
export function useProblemText(): (problem: ApiProblem) => string {
  const t = useMessages();
  return (problem) => {
    if (problem.code === 'OFFLINE') return t.value.common.offlineKept;
    const told = problem.issues.map(({ message }) => message).join(' ');
    return told || problem.message || t.value.common.unknownProblem;
  };
}

/** Tells a problem in a message that stays a while. */
export function useProblemToast(): (problem: ApiProblem) => void {
  const text = useProblemText();
  return (problem) => {
    // Whoever is signed out is asked to sign in; that tells enough.
    if (problem.code !== 'UNAUTHENTICATED') void toast(text(problem), 'error');
  };
}
