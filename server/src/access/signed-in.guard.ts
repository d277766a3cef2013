import { SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { refused } from '../platform/refused.ts';
import type { AnyContext } from './viewer.ts';

const ANYBODY = 'anybody';

/** Marks an operation that needs no sign-in. */
export const ForAnybody = () => SetMetadata(ANYBODY, true);

/** Every GraphQL operation needs somebody signed in, but those that say otherwise. */
export class SignedInGuard implements CanActivate {
  readonly #reflector = new Reflector();

  /** @throws {Refused} UNAUTHENTICATED, or UNAVAILABLE where the database could not be asked who it is. */
  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<GqlContextType>() !== 'graphql') return true;
    const { viewer, failure } = GqlExecutionContext.create(execution).getContext<AnyContext>();
    if (failure) throw failure;
    if (this.#reflector.get<boolean>(ANYBODY, execution.getHandler())) return true;
    if (!viewer) throw refused('UNAUTHENTICATED');
    return true;
  }
}
