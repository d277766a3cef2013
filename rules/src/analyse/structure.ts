import type { Node } from '../ast.ts';

/** Numbers for nodes: those that are written alike, and so have one value on one customer at one moment, have the same. */
export class Structures {
  readonly #numbers = new Map<string, number>();

  numberOf(node: Node): number {
    const key = this.#keyOf(node);
    const known = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, known);
    return known;
  }

  #keyOf(node: Node): string {
    switch (node.kind) {
      case 'literal':
        return `${node.type} ${JSON.stringify(node.value)}`;
      case 'field':
        return `var ${node.field.key}`;
      case 'property':
        return `property ${node.field.key}`;
      case 'events':
        return `events ${node.eventType.key}`;
      case 'list':
        return `list ${node.type} ${JSON.stringify(node.literals.map(({ value }) => value))}`;
      case 'viewerList':
        return `me ${node.type} ${node.attribute}`;
      case 'call':
        return `${node.operator.key} ${node.operands.map((operand) => this.numberOf(operand)).join()}`;
    }
  }
}
