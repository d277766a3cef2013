import { vi } from 'vitest';

interface Message {
  readonly type: string;
  readonly id?: string;
}

/** The network's end of subscriptions: acknowledges the connection, and tells what the test has it tell. */
export interface FakeSockets {
  /** Answers every subscription that is open. */
  tell(data: object): void;
  /** How many are open. */
  open(): number;
}

/** Puts a network in the place of sockets that speaks graphql-transport-ws. */
export function fakeSockets(): FakeSockets {
  const subscriptions = new Map<string, FakeSocket>();

  class FakeSocket extends EventTarget {
    static readonly OPEN = 1;
    readonly protocol = 'graphql-transport-ws';
    readyState = 0;
    onopen?: () => void;
    onmessage?: (event: { data: string }) => void;
    onclose?: (event: { code: number; reason: string }) => void;

    constructor() {
      super();
      queueMicrotask(() => {
        this.readyState = 1;
        this.onopen?.();
      });
    }

    send(text: string): void {
      const { type, id = '' } = JSON.parse(text) as Message;
      if (type === 'connection_init') this.answer({ type: 'connection_ack' });
      if (type === 'subscribe') subscriptions.set(id, this);
      if (type === 'complete') subscriptions.delete(id);
    }

    answer(message: object): void {
      queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(message) }));
    }

    close(code: number, reason: string): void {
      this.readyState = 3;
      this.onclose?.({ code, reason });
    }
  }

  vi.stubGlobal('WebSocket', FakeSocket);
  return {
    tell: (data) => subscriptions.forEach((socket, id) => socket.answer({ type: 'next', id, payload: { data } })),
    open: () => subscriptions.size,
  };
}
