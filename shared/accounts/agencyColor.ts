/**
 * Colours of agencies, for rings and flags only; in protocol order, dark enough for white initials in both themes.
 * Server and browser use this one row, so a card and a caret of one agency look alike.
 */
export const AGENCY_COLORS = [
  '#0f6b5c',
  '#2a4f9c',
  '#b4581a',
  '#7a3e9d',
  '#8a6a00',
  '#a3366f',
  '#33691e',
  '#5d4037',
] as const

export const agencyColor = (rank: number): string =>
  AGENCY_COLORS[((rank % AGENCY_COLORS.length) + AGENCY_COLORS.length) % AGENCY_COLORS.length] ?? ''
