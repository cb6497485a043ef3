/** Bounds of a text (contract, "Bounds that outside programs may count on"). */

/** UTF-16 units of one clause or table. */
export const CLAUSE_LIMIT = 200_000
/** UTF-8 bytes of a whole text. */
export const TEXT_LIMIT = 2_000_000
/** Squares of one table, the empty ones too: twice as many as an editor lets cells into it (four of its tokens each). */
export const SQUARE_LIMIT = 100_000
/** Columns or rows that one cell may say it reaches over. */
export const SPAN_LIMIT = 1_000
