/**
 * The edition of what rules mean: raised by whoever changes what any rule says of any customer, or when it next changes. Whoever keeps
 * verdicts has to ask anew by another edition.
 */
export const meaningEdition = 1;
