/** The first eight digits, enough to compare by eye and to read out over the phone: `a1b2 c3d4`. */
export const fingerprint = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`
