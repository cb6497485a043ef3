/** Clauses by their ids in the old and the new order, and what is told of them: see `told`. */
export const MOVE_PAIRS: readonly (readonly [before: string, after: string, expected: string])[] = [
  ['a b c', 'a b c', 'same a, same b, same c'],
  ['a b c', 'c a b', 'moved c from b, same a, same b'],
  ['a b c d', 'b c d a', 'same b, same c, same d, moved a from top'],
  ['a b c d e', 'a d b c e', 'same a, moved d from c, same b, same c, same e'],
  ['a b', 'b a', 'moved b from a, same a'],
  ['a b c', 'a x b c', 'same a, added x, same b, same c'],
  ['a b c', 'a c', 'same a, removed b, same c'],
  ['a b c', 'b c', 'removed a, same b, same c'],
  ['a b c d', 'a x d c', 'same a, removed b, added x, moved d from c, same c'],
  ['a b c d', 'd x a', 'moved d from c, added x, same a, removed b, removed c'],
]
