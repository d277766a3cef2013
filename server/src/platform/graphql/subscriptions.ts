import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createSourceEventStream,
  execute,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { useServer, type Extra } from 'graphql-ws/use/ws';
import type { Context as Socket } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { RequestContext } from '../context.ts';
import { documentLimits, limits } from '../limits.ts';
import { refused } from '../refused.ts';
import { limitsOfDocuments } from './apollo-options.ts';
import { answerTo } from './error-answers.ts';

/** What a socket came with. */
export interface Connection {
  readonly request: IncomingMessage;
  /** The client's `connection_init` payload. */
  readonly parameters: Readonly<Record<string, unknown>> | undefined;
}

/** How subscriptions are served. */
export interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  /** Who asks, found out anew: at the start of a subscription and before each of its messages. Undefined when nobody is signed in (any more). */
  contextOf(connection: Connection, signal: AbortSignal): Promise<RequestContext | undefined>;
}

/** The open subscriptions of a server. */
export interface Subscriptions {
  /** Ends them, and takes no new ones. */
  stop(): Promise<void>;
}

/** Bytes of one message of a client. */
const MESSAGE_BYTES = 64 * 1024;

/**
 * Serves GraphQL subscriptions over the graphql-transport-ws protocol at /graphql, and nothing else: queries and mutations go over HTTP.
 * Documents are limited as there. Each message is made in a context of its own, so a right that was taken away is gone from the next one on.
 */
export function serveSubscriptions(server: Server, options: SubscriptionOptions): Subscriptions {
  const sockets = new WebSocketServer({ server, path: '/graphql', maxPayload: MESSAGE_BYTES });
  const askings = new WeakMap<ExecutionArgs, Asking>();
  const open = new Set<Asking>();
  const disposable = useServer(
    {
      schema: options.schema,
      onConnect: async (socket) =>
        (await options.contextOf(connectionOf(socket), AbortSignal.timeout(60_000))) !== undefined,
      onSubscribe: (socket, _id, payload) => {
        const args = argumentsOf(payload, Object.keys(socket.subscriptions).length, options);
        if (!Array.isArray(args))
          askings.set(args, { connection: connectionOf(socket), stop: new AbortController(), open });
        return args;
      },
      subscribe: (args) => messagesOf(args, askings.get(args)!, options),
      onError: (_socket, _id, _payload, errors) => errors.map((error) => answerTo(error, 'zh-CN')),
    },
    sockets,
  );
  return {
    async stop() {
      for (const { stop } of open) stop.abort();
      await disposable.dispose();
      while (open.size > 0) await sleep(10);
    },
  };
}

/** One subscription of a client. */
interface Asking {
  readonly connection: Connection;
  readonly stop: AbortController;
  /** Those that have not ended, this one among them as long as it has not. */
  readonly open: Set<Asking>;
}

function connectionOf({
  connectionParams,
  extra,
}: Socket<Record<string, unknown>, Extra & Record<PropertyKey, unknown>>): Connection {
  return { request: extra.request, parameters: connectionParams };
}

interface Payload {
  readonly query: string;
  readonly operationName?: string | undefined | null;
  readonly variables?: Record<string, unknown> | undefined | null;
}

function argumentsOf(
  { query, operationName, variables }: Payload,
  open: number,
  { schema }: SubscriptionOptions,
): ExecutionArgs | GraphQLError[] {
  if (open > limits.subscriptions) return [new GraphQLError(`At most ${limits.subscriptions} subscriptions`)];
  try {
    const document = parse(query, { maxTokens: documentLimits.queryTokens });
    const isOther = document.definitions.some(
      (part) => part.kind === 'OperationDefinition' && part.operation !== 'subscription',
    );
    if (isOther) return [new GraphQLError('Only subscriptions are served here')];
    const errors = validate(schema, document, [
      ...specifiedRules,
      ...(limitsOfDocuments.protect().validationRules as ValidationRule[]),
    ]);
    if (errors.length > 0) return [...errors];
    return { schema, document, operationName, variableValues: variables };
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('Not a document')];
  }
}

/** The answers of one subscription. To return from it ends what it waits for. */
async function messagesOf(
  args: ExecutionArgs,
  asking: Asking,
  { contextOf }: SubscriptionOptions,
): Promise<AsyncGenerator<ExecutionResult> | ExecutionResult> {
  const { connection, stop, open } = asking;
  open.add(asking);
  const contextAnew = () => contextOf(connection, stop.signal);
  const begun = await begin(args, contextAnew).catch((error: unknown) => error as Error);
  if (begun instanceof Error || !(Symbol.asyncIterator in begun)) {
    open.delete(asking);
    if (begun instanceof Error) throw begun;
    return begun;
  }
  const messages = eachAnew(args, begun, { ...asking, contextAnew }, () => open.delete(asking));
  const end = messages.return.bind(messages);
  messages.return = async (value) => {
    stop.abort();
    const last = await end(value);
    // One that has not begun ends without a word.
    open.delete(asking);
    return last;
  };
  return messages;
}

type ContextAnew = () => Promise<RequestContext | undefined>;

async function begin(args: ExecutionArgs, contextAnew: ContextAnew): Promise<AsyncIterable<unknown> | ExecutionResult> {
  const contextValue = await contextAnew();
  if (!contextValue)
    return { errors: [answerTo(new GraphQLError('', { originalError: refused('UNAUTHENTICATED') }), 'zh-CN')] };
  const source = await createSourceEventStream({ ...args, contextValue });
  return Symbol.asyncIterator in source ? source : answered(source, contextValue);
}

async function* eachAnew(
  args: ExecutionArgs,
  source: AsyncIterable<unknown>,
  { stop: { signal }, contextAnew }: Asking & { readonly contextAnew: ContextAnew },
  ended: () => void,
): AsyncGenerator<ExecutionResult> {
  try {
    for await (const rootValue of source) {
      const contextValue = signal.aborted ? undefined : await contextAnew();
      if (!contextValue) return;
      yield answered(await execute({ ...args, rootValue, contextValue }), contextValue);
    }
  } finally {
    ended();
  }
}

function answered(result: ExecutionResult, { locale }: RequestContext): ExecutionResult {
  return result.errors ? { ...result, errors: result.errors.map((error) => answerTo(error, locale)) } : result;
}
