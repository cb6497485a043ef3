/** Bounds of a text (contract, "Bounds that outside programs may count on"). */

/** UTF-16 units of one clause or table. */
export const CLAUSE_LIMIT = 200_000
/** UTF-8 bytes of a whole text. */
export const TEXT_LIMIT = 2_000_000
