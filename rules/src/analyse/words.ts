import type { Node, Reader } from '../ast.ts';
import { sentence, type Locale, type Sentence } from '../locale.ts';
import type { Finding, Remark } from './finding.ts';
import { inBrackets, sayCondition, sayNode } from '../text.ts';

/** What is needed to say a condition, besides the language. */
export type Names = Omit<Reader, 'locale'>;

/** Characters of a condition that a finding repeats at the most. */
const LONGEST = 160;

const joiners = { and: sentence('，且', ', and '), or: sentence('，或', ', or ') };

/** Says findings; each condition is put into words once. */
export class Teller {
  readonly #names: Names;
  readonly #said = new Map<Node, Sentence>();

  constructor(names: Names) {
    this.#names = names;
  }

  tell({ words, nodes, ...finding }: Remark): Finding {
    const message = sentence(this.#fill(words, nodes, 'zh-CN'), this.#fill(words, nodes, 'en'));
    return { ...finding, message };
  }

  #fill(words: Sentence, nodes: readonly Node[], locale: Locale): string {
    const said = nodes.map((node) => this.#say(node)[locale]);
    return words[locale].replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      if (name === 'and' || name === 'or') return said.join(joiners[name][locale]);
      const [node, part] = [nodes[Number(name)]!, said[Number(name)]!];
      return node.type === 'BOOLEAN' ? inBrackets(part, { ...this.#names, locale }) : part;
    });
  }

  #say(node: Node): Sentence {
    const say = (locale: Locale) => {
      const reader = { ...this.#names, locale };
      return shortened(node.type === 'BOOLEAN' ? sayCondition(node, reader) : sayNode(node, reader));
    };
    const said = this.#said.get(node) ?? sentence(say('zh-CN'), say('en'));
    this.#said.set(node, said);
    return said;
  }
}

function shortened(words: string): string {
  return words.length <= LONGEST ? words : `${words.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
