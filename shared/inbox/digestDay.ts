const HOUR_MS = 60 * 60 * 1000

/** Digests go out when the office opens. Vietnam has one zone and keeps it all the year. */
export const DIGEST_HOUR = 7
const VIETNAM_OFFSET_HOURS = 7

/** How many digests have been due by `now` (milliseconds since 1970): one more each day at {@link DIGEST_HOUR} in Vietnam. */
export const digestDay = (now: number): number =>
  Math.floor((now / HOUR_MS + VIETNAM_OFFSET_HOURS - DIGEST_HOUR) / 24)
