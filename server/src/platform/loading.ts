import DataLoader from 'dataloader';
import type { RequestContext } from './context.ts';

/** Reads what a set of keys stands for with one statement; one value for each key, in the order of the keys. */
export type BatchLoad<C extends RequestContext, K, V> = (ctx: C, keys: readonly K[]) => Promise<readonly V[]>;

const loaders = new WeakMap<RequestContext, Map<unknown, DataLoader<unknown, unknown>>>();

/** Loads one value together with all others that the same request asks for in the same moment. */
export function loadBatched<C extends RequestContext, K, V>(ctx: C, load: BatchLoad<C, K, V>, key: K): Promise<V> {
  const ofRequest = loaders.get(ctx) ?? new Map<unknown, DataLoader<unknown, unknown>>();
  loaders.set(ctx, ofRequest);
  const known = ofRequest.get(load) as DataLoader<K, V> | undefined;
  const loader = known ?? new DataLoader<K, V>((keys) => load(ctx, keys) as Promise<V[]>);
  ofRequest.set(load, loader as DataLoader<unknown, unknown>);
  return loader.load(key);
}
