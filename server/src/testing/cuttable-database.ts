import net, { type AddressInfo } from 'node:net';

/** A way to a database that can be cut, as a network or a database that goes down would. */
export interface CuttableDatabase {
  readonly url: string;
  /** Breaks all connections and refuses new ones. */
  cut(): void;
  /** Lets connections through again. */
  mend(): void;
  close(): void;
}

/** Puts a way that can be cut before the database of `url`. */
export async function cuttableDatabase(url: string): Promise<CuttableDatabase> {
  const target = new URL(url);
  const open = new Set<net.Socket>();
  let isCut = false;
  const server = net.createServer((client) => {
    if (isCut) return void client.destroy();
    const upstream = net.connect(Number(target.port), target.hostname);
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        open.delete(one);
      });
    }
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const through = new URL(url);
  // A name of several addresses, as real ones are.
  through.host = `localhost:${(server.address() as AddressInfo).port}`;
  const breakAll = () => {
    for (const socket of open) socket.destroy();
  };
  const cut = () => {
    isCut = true;
    breakAll();
  };
  const mend = () => {
    isCut = false;
  };
  const close = () => {
    breakAll();
    server.close();
  };
  return { url: through.href, cut, mend, close };
}
