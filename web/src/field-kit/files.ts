import { defineStore } from 'pinia';
import { inject, shallowRef, type InjectionKey } from 'vue';

/** What is known of a file. */
export interface KnownFile {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  /** The media type that its bytes tell. */
  readonly type: string;
  /** The address of what is shown of a picture; of one that this page may not ask the server for, the picture itself. */
  readonly preview?: string | undefined;
}

/** Asks what files are, by their ids; not given where nobody signs in, who would not be told. */
export const fileSource: InjectionKey<(ids: readonly string[]) => Promise<readonly KnownFile[]>> =
  Symbol('file source');

/** Files that are asked for at once. */
const AT_ONCE = 100;

/** What the files are called that values name: those that were uploaded here, and others as they come into view. */
export const useFiles = defineStore('files', () => {
  const source = inject(fileSource, undefined);
  const known = shallowRef<ReadonlyMap<string, KnownFile>>(new Map());
  const asked = new Set<string>();
  let waiting: string[] = [];

  function keep(files: readonly KnownFile[]): void {
    known.value = new Map([...known.value, ...files.map((file) => [file.id, file] as const)]);
  }

  /** A file by its id; undefined until it is known, or where it is not to be known. */
  function find(id: string): KnownFile | undefined {
    const file = known.value.get(id);
    if (!file && !asked.has(id) && isId(id)) ask(id);
    return file;
  }

  function ask(id: string): void {
    if (!source) return;
    asked.add(id);
    if (waiting.push(id) === 1) setTimeout(load);
  }

  async function load(): Promise<void> {
    const ids = waiting;
    waiting = [];
    for (let from = 0; from < ids.length; from += AT_ONCE) {
      const some = ids.slice(from, from + AT_ONCE);
      try {
        keep((await source?.(some)) ?? []);
      } catch {
        // Asked again when they come into view again.
        for (const id of some) asked.delete(id);
      }
    }
  }

  return { find, keep, isAnonymous: source === undefined };
});

/** A masked file is told by signs that are no id. */
function isId(value: string): boolean {
  return /^[0-9a-f-]{36}$/.test(value);
}

/** Where the bytes of a file are. */
export function addressOf(id: string): string {
  return `/files/${id}`;
}

/** Whether a file is a picture that can be shown. */
export function isPicture({ type }: KnownFile): boolean {
  return /^image\/(png|jpeg|gif|webp)$/.test(type);
}
