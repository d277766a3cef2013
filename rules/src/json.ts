/** Any JSON value, as a parsed document gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A rule as it is sent, stored and exported: a JSON-logic document. Only `checkRule` turns it into something that runs. */
export type Rule = Json;

/** A stored value in its normal form; `null` is the one empty value. Several options are a list of keys. */
export type Value = string | number | boolean | null | readonly string[];

/** A customer as rules see it: the value of every field of the catalogue by key, `null` where empty. */
export type Row = Readonly<Record<string, Value>>;
