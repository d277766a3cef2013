import type { RequestContext } from '../platform/context.ts';
import type { User } from './user.ts';

/** Somebody who is signed in, and by what roles. */
export interface Viewer {
  readonly user: User;
  readonly roleIds: readonly string[];
  /** That this is not the user's own session, but one that reads as a role does. */
  readonly viewsAs?: boolean;
}

/** The context of a call by somebody who is signed in. */
export interface Context extends RequestContext {
  readonly viewer: Viewer;
}

/** The context of any call. */
export interface AnyContext extends RequestContext {
  readonly viewer: Viewer | null;
  /** Why it could not be found out who asks; the call is then refused with it. */
  readonly failure?: unknown;
  /** The token that the call came with, and how the browser is made to keep or forget one. */
  readonly session: {
    readonly token: string | undefined;
    keep(token: string, expiresAt: string): void;
    forget(): void;
  };
}
