import { SetMetadata, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { refused } from '../platform/refused.ts';
import type { AnyContext } from './viewer.ts';

const ANYBODY = 'anybody';
const READERS = 'readers';

/** Marks an operation that needs no sign-in. */
export const ForAnybody = () => SetMetadata(ANYBODY, true);

/** Marks a mutation that a session may do which only reads. */
export const ForReaders = () => SetMetadata(READERS, true);

/** Every GraphQL operation needs somebody signed in, but those that say otherwise; who looks on as a role changes nothing. */
export class SignedInGuard implements CanActivate {
  readonly #reflector = new Reflector();

  /** @throws {Refused} UNAUTHENTICATED, or UNAVAILABLE where the database could not be asked who it is. */
  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<GqlContextType>() !== 'graphql') return true;
    const { viewer, failure } = GqlExecutionContext.create(execution).getContext<AnyContext>();
    if (failure) throw failure;
    if (this.#reflector.get<boolean>(ANYBODY, execution.getHandler())) return true;
    if (!viewer) throw refused('UNAUTHENTICATED');
    if (viewer.viewsAs && this.#changesSomething(execution)) throw refused('FORBIDDEN');
    return true;
  }

  #changesSomething(execution: ExecutionContext): boolean {
    const { operation } = GqlExecutionContext.create(execution).getInfo<GraphQLResolveInfo>();
    return operation.operation === 'mutation' && !this.#reflector.get<boolean>(READERS, execution.getHandler());
  }
}
