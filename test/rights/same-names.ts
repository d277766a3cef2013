/**
 * What servers make up by themselves (ids, places in lists, the hour of the database) gets a name by the order in which it appears, so that
 * the answers of two worlds can be compared byte for byte, and questions can be asked of both about the same thing.
 */
export class SameNames {
  readonly #names = new Map<string, string>();
  readonly #things = new Map<string, string>();

  /** The name of what stands in an answer; a new one where it has none yet. */
  nameOf(thing: string, kind: string): string {
    const known = this.#names.get(thing);
    if (known) return known;
    const name = `<${kind}${this.#names.size}>`;
    this.#names.set(thing, name);
    this.#things.set(name, thing);
    return name;
  }

  /** A question in names, as it is asked in this world. */
  asked(text: string): string {
    return text.replace(/<(?:id|place)\d+>/g, (name) => this.#things.get(name) ?? name);
  }

  /** An answer in names. A place in a list is opened: what stands in it is told too. */
  told(text: string): string {
    return text
      .replace(/"endCursor":"([^"]+)"/g, (_, cursor: string) => {
        const inside = Buffer.from(cursor, 'base64url').toString();
        return `"endCursor":"${this.nameOf(cursor, 'place')}" ${inside}`;
      })
      .replace(/"of":"[\w-]+"/g, '"of":"its question"')
      .replace(/"id":"(\d+)"/g, (_, number: string) => `"id":"${this.nameOf(`entry ${number}`, 'entry')}"`)
      .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g, (id) => this.nameOf(id, 'id'))
      .replace(/"token":"[^"]+"/g, '"token":"a token"')
      .replace(/"publicSlug":"[\w-]+"/g, '"publicSlug":"a link"')
      .replace(ofToday, 'then');
  }
}

/** Instants by the clock of the database, which runs through the tests; the clock of the worlds stands in another year. */
const ofToday = new RegExp(`${new Date().getFullYear()}-\\d\\d-\\d\\dT[\\d:.]+Z`, 'g');
