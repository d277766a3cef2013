import type { World } from './world.ts';

/** Prints what a proof did, as one line. */
export function printFigures(proof: string, { client, load, compared }: World, own: Record<string, number>): void {
  const refusals = Object.entries(client.refusals).map(([code, count]) => `${count} ${code}`);
  const figures = Object.entries(own).map(([name, value]) => `${Math.round(value)} ${name}`);
  const line = [
    `${load.ledger.acknowledged} writes acknowledged`,
    `${load.edits()} changes of rules`,
    `refused: ${refusals.join(', ') || 'none'}`,
    `longest call ${Math.round(client.longest)} ms`,
    `${compared()} memberships compared`,
    ...figures,
  ];
  process.stdout.write(`${proof}: ${line.join('; ')}\n`);
}
