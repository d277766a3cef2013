import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import { useApi } from '../api/client.ts';
import {
  ChangePasswordDocument,
  LoginDocument,
  LogoutDocument,
  MeDocument,
  ViewAsDocument,
  type Capability,
  type ViewerFragment,
} from '../api/generated/graphql.ts';
import { ApiProblem } from '../api/problem.ts';
import { keepViewing, presentViewing } from './viewing.ts';

/** Who is signed in. */
export const useSession = defineStore('session', () => {
  const api = useApi();
  const viewer = shallowRef<ViewerFragment>();
  /** The name of the role as which the user looks on, if so. */
  const viewing = presentViewing()?.role;
  /** The server forgot the session while the app was in use; what is on screen stays until the user has signed in again. */
  const expired = ref(false);

  /** Takes up the session of the browser's cookie, if there is one; what else may be wrong is told when signing in. */
  async function restore(): Promise<void> {
    try {
      viewer.value = (await api.query(MeDocument, {})).me;
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  async function signIn(email: string, password: string): Promise<void> {
    const { user } = (await api.mutate(LoginDocument, { email, password })).login;
    const other = viewer.value && viewer.value.id !== user.id;
    viewer.value = user;
    expired.value = false;
    // What is on screen was loaded for somebody else.
    if (other) window.location.reload();
    else api.renew();
  }

  async function signOut(): Promise<void> {
    await api.mutate(LogoutDocument, {});
    leave('/login');
  }

  /** Ends all sessions of the user, this one too. */
  async function changePassword(old: string, next: string): Promise<void> {
    await api.mutate(ChangePasswordDocument, { old, new: next });
    leave('/login?notice=password-changed');
  }

  /** A full load of the page, so that nothing of this user stays in memory. */
  function leave(to: string): void {
    window.location.assign(to);
  }

  /** Lets the user look on as a role does, in this tab, until they have seen enough. */
  async function viewAs(role: { readonly id: string; readonly name: string }): Promise<void> {
    const { token } = (await api.mutate(ViewAsDocument, { roleId: role.id })).viewAs;
    keepViewing({ token, role: role.name });
    leave('/');
  }

  /** Back to the user's own session. */
  async function stopViewing(): Promise<void> {
    try {
      await api.mutate(LogoutDocument, {});
    } catch (error) {
      // One that has ended by itself is left all the same.
      if (!(error instanceof ApiProblem)) throw error;
    }
    keepViewing(undefined);
    leave('/access');
  }

  /** The server no longer knows the user. */
  function expire(): void {
    if (presentViewing()) {
      keepViewing(undefined);
      leave('/access');
    } else if (viewer.value) expired.value = true;
  }

  function may(capability: Capability): boolean {
    return viewer.value?.capabilities.includes(capability) ?? false;
  }

  return { viewer, viewing, expired, restore, signIn, signOut, changePassword, viewAs, stopViewing, expire, may };
});
