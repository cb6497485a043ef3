/**
 * Which agreed clauses an edit would take the agreement from: their words would change, or they would go (UX-31).
 * Bold, level and place are no words of theirs.
 * @param before words by clause id, as they stand
 * @param after as they would stand
 * @param agreed clauses whose words are agreed as they stand
 * @returns in the order of `before`
 */
export const heldClauses = (
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  agreed: ReadonlySet<string>,
): string[] =>
  [...before].flatMap(([id, words]) => (agreed.has(id) && after.get(id) !== words ? id : []))
