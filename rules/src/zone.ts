const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * Lengths of spans in which one looks for changes of clocks, each within the one before. None are changed and changed back within the
 * longest (the shortest time between the two, in any zone since 1920, was the week from 8 October 2000 in Boa Vista), and nearly all
 * changes happen between two of the shortest.
 */
const SPANS = [5 * DAY, DAY, HOUR / 4] as const;

/** Spans that are kept, far more than rules read at about one time; beyond it all are found anew. */
const MOST_KEPT = 20_000;

/** Offsets by the number of a span, by its length and the zone; undefined where clocks change in it. */
const kept = SPANS.map((length) => ({ length, zones: new Map<string, Map<number, number | undefined>>() }));

/** What the clocks of a zone show more than UTC at an instant, in milliseconds. A span with no change of clocks is asked about but once. */
export function offsetAt(at: number, timeZone: string): number {
  for (const { length, zones } of kept) {
    let ofZone = zones.get(timeZone);
    if (!ofZone || ofZone.size > MOST_KEPT) zones.set(timeZone, (ofZone = new Map<number, number | undefined>()));
    const number = Math.floor(at / length);
    if (!ofZone.has(number)) ofZone.set(number, offsetBetween(number * length, (number + 1) * length - 1, timeZone));
    const offset = ofZone.get(number);
    if (offset !== undefined) return offset;
  }
  return shownAt(at, timeZone) - at;
}

function offsetBetween(first: number, last: number, timeZone: string): number | undefined {
  const offset = shownAt(first, timeZone) - first;
  return shownAt(last, timeZone) - last === offset ? offset : undefined;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const day = { era: 'short', year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  const made = new Intl.DateTimeFormat('en-US', { ...day, ...time, timeZone, calendar: 'gregory' });
  clocks.set(timeZone, made);
  return made;
}

/** What the clocks of a zone show, as if they showed UTC. */
function shownAt(at: number, timeZone: string): number {
  // As one text, of which American English has the numbers in this order: taking it apart costs less than asking for the parts.
  const shown = clockOf(timeZone).format(at);
  const [month, day, yearOfEra, hour, minute, second] = (shown.match(/\d+/g) ?? []).map(Number);
  const year = shown.includes('B') ? 1 - yearOfEra! : yearOfEra!;
  const midnight = new Date(0).setUTCFullYear(year, month! - 1, day!);
  const milliseconds = ((at % 1_000) + 1_000) % 1_000;
  return midnight + ((hour! * 60 + minute!) * 60 + second!) * 1_000 + milliseconds;
}
